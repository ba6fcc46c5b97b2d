CREATE TABLE team (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
  parent INTEGER CONSTRAINT team_parent REFERENCES team (id) ON DELETE RESTRICT,
  unit INTEGER NOT NULL CONSTRAINT team_unit REFERENCES unit (id) ON DELETE RESTRICT,
  kind TEXT,
  area TEXT,
  brand TEXT,
  slogan TEXT,
  leader TEXT,
  phone TEXT,
  founded TEXT CHECK (founded GLOB '????-??-??'),
  disbanded TEXT CHECK (disbanded GLOB '????-??-??'),
  note TEXT
) STRICT;

CREATE INDEX team_parent ON team (parent);
CREATE INDEX team_unit ON team (unit, level, name);
CREATE INDEX team_order ON team (level, name);

CREATE VIRTUAL TABLE team_search USING fts5(grams, content = '', detail = none, columnsize = 0, tokenize = 'unicode61');

CREATE TABLE volunteer (
  id INTEGER NOT NULL PRIMARY KEY,
  person INTEGER NOT NULL CONSTRAINT volunteer_person REFERENCES person (id) ON DELETE RESTRICT,
  unit INTEGER NOT NULL CONSTRAINT volunteer_unit REFERENCES unit (id) ON DELETE RESTRICT,
  team INTEGER CONSTRAINT volunteer_team REFERENCES team (id) ON DELETE RESTRICT,
  number TEXT,
  registered TEXT NOT NULL CHECK (registered GLOB '????-??-??'),
  ended TEXT CHECK (ended GLOB '????-??-??'),
  ended_for TEXT,
  skills TEXT,
  areas TEXT,
  insured_until TEXT CHECK (insured_until GLOB '????-??-??'),
  vest INTEGER NOT NULL CHECK (vest IN (0, 1)),
  note TEXT,
  _pinyin TEXT,
  _sex INTEGER
) STRICT;

CREATE UNIQUE INDEX volunteer_person ON volunteer (person);
CREATE UNIQUE INDEX volunteer_number ON volunteer (number);
CREATE INDEX volunteer_pinyin ON volunteer (_pinyin, unit);
CREATE INDEX volunteer_unit ON volunteer (unit, _pinyin);
CREATE INDEX volunteer_team ON volunteer (team, _pinyin);
-- The register of a day, by unit and sex, without touching the rows.
CREATE INDEX volunteer_report ON volunteer (unit, registered, ended, _sex, person);

CREATE VIRTUAL TABLE volunteer_search USING fts5(grams, content = '', detail = none, columnsize = 0, tokenize = 'unicode61');

CREATE TABLE service (
  activity INTEGER NOT NULL CONSTRAINT service_activity REFERENCES activity (id) ON DELETE RESTRICT,
  person INTEGER NOT NULL CONSTRAINT service_person REFERENCES person (id) ON DELETE RESTRICT,
  minutes INTEGER NOT NULL CHECK (minutes > 0),
  source INTEGER NOT NULL CHECK (source IN (1, 2)),
  evidence TEXT,
  content TEXT,
  entered INTEGER NOT NULL,
  PRIMARY KEY (activity, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX service_person ON service (person, activity, minutes);

CREATE TABLE star_rule (
  id INTEGER NOT NULL PRIMARY KEY,
  stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
  minutes INTEGER NOT NULL CHECK (minutes > 0),
  source TEXT NOT NULL,
  from_day TEXT NOT NULL CHECK (from_day GLOB '????-??-??')
) STRICT;

CREATE UNIQUE INDEX star_rule_key ON star_rule (stars, from_day);
CREATE INDEX star_rule_order ON star_rule (from_day, stars);

-- Rows of seat 0 and its counter, so that the first rule an office adds gets the next id.
INSERT INTO star_rule (id, stars, minutes, source, from_day) VALUES
  (1, 1, 6000, '《志愿服务记录办法》（民函〔2012〕340号）：累计100小时以上可申请评定，本地另有办法的可加一行', '2012-10-23'),
  (2, 2, 18000, '《志愿服务记录办法》（民函〔2012〕340号）：累计300小时以上可申请评定，本地另有办法的可加一行', '2012-10-23'),
  (3, 3, 36000, '《志愿服务记录办法》（民函〔2012〕340号）：累计600小时以上可申请评定，本地另有办法的可加一行', '2012-10-23'),
  (4, 4, 60000, '《志愿服务记录办法》（民函〔2012〕340号）：累计1000小时以上可申请评定，本地另有办法的可加一行', '2012-10-23'),
  (5, 5, 90000, '《志愿服务记录办法》（民函〔2012〕340号）：累计1500小时以上可申请评定，本地另有办法的可加一行', '2012-10-23');
INSERT INTO counter (seat, tab, n) VALUES (0, 'star_rule', 5);

CREATE TABLE dossier (
  id INTEGER NOT NULL PRIMARY KEY,
  volunteer INTEGER NOT NULL CONSTRAINT dossier_volunteer REFERENCES volunteer (id) ON DELETE RESTRICT,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
  day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  title TEXT NOT NULL,
  issuer TEXT,
  minutes INTEGER CHECK (minutes > 0),
  content TEXT,
  entered INTEGER NOT NULL
) STRICT;

CREATE INDEX dossier_volunteer ON dossier (volunteer, day);
CREATE INDEX dossier_order ON dossier (day);
