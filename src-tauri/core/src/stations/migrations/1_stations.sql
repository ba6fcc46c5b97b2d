CREATE TABLE station (
  id INTEGER NOT NULL PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  level TEXT,
  unit INTEGER NOT NULL CONSTRAINT station_unit REFERENCES unit (id) ON DELETE RESTRICT,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5),
  built TEXT CHECK (built GLOB '????-??-??'),
  closed TEXT CHECK (closed GLOB '????-??-??'),
  division TEXT,
  address TEXT,
  longitude INTEGER CHECK (longitude BETWEEN -180000000 AND 180000000),
  latitude INTEGER CHECK (latitude BETWEEN -90000000 AND 90000000),
  datum INTEGER CHECK (datum BETWEEN 1 AND 3),
  mapped INTEGER NOT NULL CHECK (mapped IN (0, 1)),
  mode TEXT,
  host TEXT,
  host_kind TEXT,
  area INTEGER CHECK (area >= 0),
  covers INTEGER CHECK (covers >= 0),
  plaque TEXT,
  opening INTEGER NOT NULL CHECK (opening BETWEEN 1 AND 3),
  hours TEXT,
  facilities TEXT,
  services TEXT,
  smart INTEGER NOT NULL CHECK (smart IN (0, 1)),
  staff INTEGER CHECK (staff >= 0),
  manager TEXT,
  phone TEXT,
  finest INTEGER NOT NULL CHECK (finest IN (0, 1)),
  honours TEXT,
  note TEXT
) STRICT;

CREATE UNIQUE INDEX station_code ON station (code);
CREATE INDEX station_unit ON station (unit, code);

CREATE VIRTUAL TABLE station_search USING fts5(grams, content = '', detail = none, columnsize = 0, tokenize = 'unicode61');

CREATE TABLE visit (
  id INTEGER NOT NULL PRIMARY KEY,
  station INTEGER NOT NULL CONSTRAINT visit_station REFERENCES station (id) ON DELETE RESTRICT,
  day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  visitor TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 0),
  entered INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX visit_key ON visit (station, day, visitor);
-- A month of all stations is one range of this index.
CREATE INDEX visit_report ON visit (day, station, visitor, count);

CREATE TABLE inspection (
  id INTEGER NOT NULL PRIMARY KEY,
  station INTEGER NOT NULL CONSTRAINT inspection_station REFERENCES station (id) ON DELETE RESTRICT,
  day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  inspector TEXT,
  verdict INTEGER NOT NULL CHECK (verdict IN (1, 2)),
  problems TEXT,
  due TEXT CHECK (due GLOB '????-??-??'),
  cleared TEXT CHECK (cleared GLOB '????-??-??'),
  note TEXT,
  entered INTEGER NOT NULL
) STRICT;

CREATE INDEX inspection_station ON inspection (station, day);
CREATE INDEX inspection_order ON inspection (day);
-- What is still to be mended.
CREATE INDEX inspection_due ON inspection (due) WHERE cleared IS NULL AND verdict = 2;
