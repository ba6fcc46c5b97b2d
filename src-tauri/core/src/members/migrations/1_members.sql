CREATE TABLE member (
  id INTEGER NOT NULL PRIMARY KEY,
  person INTEGER NOT NULL CONSTRAINT member_person REFERENCES person (id) ON DELETE RESTRICT,
  unit INTEGER NOT NULL CONSTRAINT member_unit REFERENCES unit (id) ON DELETE RESTRICT,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),
  kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
  card_number TEXT,
  joined TEXT CHECK (joined GLOB '????-??-??'),
  migrant INTEGER NOT NULL CHECK (migrant IN (0, 1)),
  new_employment TEXT,
  source TEXT,
  station INTEGER CONSTRAINT member_station REFERENCES station (id) ON DELETE RESTRICT,
  work_number TEXT,
  team TEXT,
  note TEXT,
  _pinyin TEXT,
  _sex INTEGER
) STRICT;

CREATE UNIQUE INDEX member_person ON member (person);
-- The list of a subtree in the order of names, and that of all; a search looks up the person without reading the row.
CREATE INDEX member_list ON member (unit, _pinyin, person);
CREATE INDEX member_pinyin ON member (_pinyin, person);
CREATE INDEX member_station ON member (station) WHERE station IS NOT NULL;
CREATE INDEX member_card_number ON member (card_number) WHERE card_number IS NOT NULL;

CREATE TABLE change (
  id INTEGER NOT NULL PRIMARY KEY,
  member INTEGER NOT NULL CONSTRAINT change_member REFERENCES member (id) ON DELETE RESTRICT,
  unit INTEGER NOT NULL CONSTRAINT change_unit REFERENCES unit (id) ON DELETE RESTRICT,
  day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 7),
  reason TEXT,
  counterpart INTEGER CONSTRAINT change_counterpart REFERENCES unit (id) ON DELETE RESTRICT,
  other TEXT,
  document TEXT,
  note TEXT,
  entered INTEGER NOT NULL,
  _sex INTEGER,
  _migrant INTEGER,
  _new_employment TEXT,
  _person INTEGER
) STRICT;

CREATE INDEX change_member ON change (member, day);
CREATE INDEX change_counterpart ON change (counterpart) WHERE counterpart IS NOT NULL;
-- The whole member report is read from here.
CREATE INDEX change_report ON change (unit, day, kind, _sex, _migrant, _new_employment, _person);

CREATE TABLE dues (
  id INTEGER NOT NULL PRIMARY KEY,
  member INTEGER NOT NULL CONSTRAINT dues_member REFERENCES member (id) ON DELETE RESTRICT,
  unit INTEGER NOT NULL CONSTRAINT dues_unit REFERENCES unit (id) ON DELETE RESTRICT,
  month TEXT NOT NULL CHECK (month GLOB '????-??'),
  amount INTEGER NOT NULL,
  paid TEXT CHECK (paid GLOB '????-??-??'),
  entered INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX dues_member ON dues (member, month);
CREATE INDEX dues_unit ON dues (unit, month);
-- What came in within a period.
CREATE INDEX dues_paid ON dues (paid, unit, amount) WHERE paid IS NOT NULL;
