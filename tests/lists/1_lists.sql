CREATE TABLE branch (
  id INTEGER NOT NULL PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  parent INTEGER CONSTRAINT branch_parent REFERENCES branch (id) ON DELETE RESTRICT
) STRICT;
CREATE UNIQUE INDEX branch_code ON branch (code);
CREATE INDEX branch_parent ON branch (parent);
CREATE VIRTUAL TABLE branch_search USING fts5(grams, content = '', detail = none, columnsize = 0, tokenize = 'unicode61');

CREATE TABLE human (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  number TEXT,
  phone TEXT,
  nick TEXT,
  _pinyin TEXT,
  _initials TEXT,
  _tail TEXT
) STRICT;
CREATE UNIQUE INDEX human_number ON human (number);
CREATE INDEX human_pinyin ON human (_pinyin);
CREATE INDEX human_initials ON human (_initials);
CREATE INDEX human_tail ON human (_tail);
CREATE VIRTUAL TABLE human_search USING fts5(grams, content = '', detail = none, columnsize = 0, tokenize = 'unicode61');

CREATE TABLE role (
  id INTEGER NOT NULL PRIMARY KEY,
  human INTEGER NOT NULL CONSTRAINT role_human REFERENCES human (id) ON DELETE RESTRICT,
  branch INTEGER NOT NULL CONSTRAINT role_branch REFERENCES branch (id) ON DELETE RESTRICT,
  rank INTEGER NOT NULL CHECK (rank IN (1, 2, 3)),
  weight INTEGER,
  joined TEXT CHECK (joined GLOB '????-??-??'),
  sponsor INTEGER CONSTRAINT role_sponsor REFERENCES human (id) ON DELETE RESTRICT,
  note TEXT,
  _pinyin TEXT
) STRICT;
CREATE UNIQUE INDEX role_human ON role (human);
CREATE INDEX role_list ON role (branch, _pinyin, human);
CREATE INDEX role_pinyin ON role (_pinyin, human);
CREATE INDEX role_joined ON role (joined);
CREATE INDEX role_rank_weight ON role (rank DESC, weight);
CREATE INDEX role_sponsor ON role (sponsor) WHERE sponsor IS NOT NULL;

CREATE TABLE deed (
  id INTEGER NOT NULL PRIMARY KEY,
  role INTEGER NOT NULL CONSTRAINT deed_role REFERENCES role (id) ON DELETE RESTRICT,
  day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  what TEXT,
  _pinyin TEXT
) STRICT;
CREATE INDEX deed_role ON deed (role, day);
CREATE INDEX deed_day ON deed (day);

CREATE TABLE attendance (
  branch INTEGER NOT NULL CONSTRAINT attendance_branch REFERENCES branch (id) ON DELETE RESTRICT,
  human INTEGER NOT NULL CONSTRAINT attendance_human REFERENCES human (id) ON DELETE RESTRICT,
  times INTEGER NOT NULL,
  PRIMARY KEY (branch, human)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_human ON attendance (human, branch);
