CREATE TABLE activity (
  id INTEGER NOT NULL PRIMARY KEY,
  code TEXT,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  area TEXT,
  brand TEXT,
  unit INTEGER NOT NULL CONSTRAINT activity_unit REFERENCES unit (id) ON DELETE RESTRICT,
  partners TEXT,
  partner_kinds TEXT,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),
  planned TEXT CHECK (planned GLOB '????-??-??'),
  day TEXT CHECK (day GLOB '????-??-??'),
  until TEXT CHECK (until GLOB '????-??-??'),
  begins TEXT,
  ends TEXT,
  length INTEGER CHECK (length >= 0),
  station INTEGER CONSTRAINT activity_station REFERENCES station (id) ON DELETE RESTRICT,
  place TEXT,
  audience TEXT,
  planned_people INTEGER CHECK (planned_people >= 0),
  persons INTEGER CHECK (persons >= 0),
  women INTEGER CHECK (women >= 0),
  times INTEGER CHECK (times >= 0),
  served INTEGER CHECK (served >= 0),
  budget INTEGER CHECK (budget >= 0),
  cost INTEGER CHECK (cost >= 0),
  fund TEXT,
  leader TEXT,
  recorder TEXT,
  summary TEXT,
  note TEXT,
  CHECK (state <> 2 OR day IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX activity_code ON activity (code);
CREATE INDEX activity_day ON activity (day, unit);
CREATE INDEX activity_unit ON activity (unit, day);
CREATE INDEX activity_station ON activity (station);

CREATE VIRTUAL TABLE activity_search USING fts5(grams, content = '', detail = none, columnsize = 0, tokenize = 'unicode61');

CREATE TABLE participation (
  activity INTEGER NOT NULL CONSTRAINT participation_activity REFERENCES activity (id) ON DELETE RESTRICT,
  person INTEGER NOT NULL CONSTRAINT participation_person REFERENCES person (id) ON DELETE RESTRICT,
  member INTEGER NOT NULL CHECK (member IN (0, 1)),
  entered INTEGER NOT NULL,
  PRIMARY KEY (activity, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX participation_person ON participation (person, activity);
