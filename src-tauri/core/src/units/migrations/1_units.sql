CREATE TABLE unit (
  id INTEGER NOT NULL PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  short_name TEXT,
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 6),
  kind TEXT,
  -- Where it stands today; the ledger of moves says since when, and where it stood before.
  parent INTEGER CONSTRAINT unit_parent REFERENCES unit (id) ON DELETE RESTRICT CHECK (parent <> id),
  union_code TEXT,
  legal_person_no TEXT,
  head TEXT,
  phone TEXT,
  email TEXT,
  opened TEXT CHECK (opened GLOB '????-??-??'),
  closed TEXT CHECK (closed GLOB '????-??-??'),
  merged_into INTEGER CONSTRAINT unit_merged_into REFERENCES unit (id) ON DELETE RESTRICT CHECK (merged_into <> id),
  employer TEXT,
  employer_code TEXT,
  nature TEXT,
  economy TEXT,
  industry TEXT,
  division TEXT,
  address TEXT,
  postcode TEXT,
  note TEXT
) STRICT;

CREATE UNIQUE INDEX unit_code ON unit (code);
CREATE INDEX unit_parent ON unit (parent);
CREATE INDEX unit_merged_into ON unit (merged_into);
CREATE INDEX unit_name ON unit (name);
CREATE INDEX unit_employer_code ON unit (employer_code) WHERE employer_code IS NOT NULL;

CREATE VIRTUAL TABLE unit_search USING fts5(grams, content = '', detail = none, columnsize = 0, tokenize = 'unicode61');

CREATE TABLE unit_move (
  id INTEGER NOT NULL PRIMARY KEY,
  unit INTEGER NOT NULL CONSTRAINT unit_move_unit REFERENCES unit (id) ON DELETE RESTRICT,
  day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  before INTEGER CONSTRAINT unit_move_before REFERENCES unit (id) ON DELETE RESTRICT,
  after INTEGER CONSTRAINT unit_move_after REFERENCES unit (id) ON DELETE RESTRICT,
  reason TEXT,
  entered INTEGER NOT NULL
) STRICT;

CREATE INDEX unit_move_unit ON unit_move (unit, day);
CREATE INDEX unit_move_before ON unit_move (before);
CREATE INDEX unit_move_after ON unit_move (after);
-- The tree of a past day needs the moves after it.
CREATE INDEX unit_move_day ON unit_move (day, unit, before);

CREATE TABLE headcount (
  id INTEGER NOT NULL PRIMARY KEY,
  unit INTEGER NOT NULL CONSTRAINT headcount_unit REFERENCES unit (id) ON DELETE RESTRICT,
  day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  staff INTEGER NOT NULL,
  women INTEGER,
  migrants INTEGER,
  new_employment INTEGER,
  full_time INTEGER,
  part_time INTEGER,
  entered INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX headcount_unit ON headcount (unit, day);
