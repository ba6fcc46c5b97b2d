CREATE TABLE person (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  sex INTEGER NOT NULL CHECK (sex BETWEEN 0 AND 2 OR sex = 9),
  birth TEXT CHECK (birth GLOB '????-??-??'),
  id_kind INTEGER CHECK (id_kind BETWEEN 1 AND 9 OR id_kind = 99),
  id_number TEXT,
  ethnic TEXT,
  education TEXT,
  politics TEXT,
  marital TEXT,
  phone TEXT,
  email TEXT,
  address TEXT,
  division TEXT,
  household TEXT,
  household_place TEXT,
  native_place TEXT,
  employer TEXT,
  job TEXT,
  title TEXT,
  employment TEXT,
  skill TEXT,
  started_work TEXT CHECK (started_work GLOB '????-??-??'),
  note TEXT,
  _pinyin TEXT,
  _initials TEXT,
  _tail TEXT
) STRICT;

CREATE UNIQUE INDEX person_id_number ON person (id_number);
CREATE INDEX person_pinyin ON person (_pinyin);
CREATE INDEX person_initials ON person (_initials);
CREATE INDEX person_tail ON person (_tail);
CREATE INDEX person_phone ON person (phone);
-- Who may be the same person, where one has no id number.
CREATE INDEX person_name ON person (name, birth);

CREATE VIRTUAL TABLE person_search USING fts5(grams, content = '', detail = none, columnsize = 0, tokenize = 'unicode61');
