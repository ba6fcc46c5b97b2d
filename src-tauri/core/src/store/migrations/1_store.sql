CREATE TABLE meta (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Tells this file from every other: ids of two files are alike.
INSERT INTO meta (name, value) VALUES ('origin', lower(hex(randomblob(4))));

-- One row an installation that writes this file; `n` is the upper part of every id it makes.
CREATE TABLE seat (
  n INTEGER NOT NULL PRIMARY KEY,
  installation TEXT NOT NULL UNIQUE,
  clerk TEXT NOT NULL,
  joined INTEGER NOT NULL
) STRICT;

-- The last number given out for each table and seat; never rolled back by an undo.
CREATE TABLE counter (
  seat INTEGER NOT NULL,
  tab TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (seat, tab)
) STRICT, WITHOUT ROWID;

-- act: 1 do, 2 undo, 3 redo. inverts: the step that this one takes back; inverted: the step that took this one back.
CREATE TABLE step (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  mark INTEGER NOT NULL UNIQUE,
  name TEXT NOT NULL,
  act INTEGER NOT NULL CHECK (act BETWEEN 1 AND 3),
  at INTEGER NOT NULL,
  seat INTEGER NOT NULL CONSTRAINT step_seat REFERENCES seat (n) ON DELETE RESTRICT,
  clerk TEXT NOT NULL,
  rows INTEGER NOT NULL,
  revocable INTEGER NOT NULL CHECK (revocable IN (0, 1)),
  inverts INTEGER CONSTRAINT step_inverts REFERENCES step (id) ON DELETE RESTRICT,
  inverted INTEGER CONSTRAINT step_inverted REFERENCES step (id) ON DELETE RESTRICT
) STRICT;

CREATE INDEX step_live ON step (id) WHERE act <> 2 AND inverted IS NULL;
CREATE INDEX step_inverts ON step (inverts) WHERE inverts IS NOT NULL;
CREATE INDEX step_inverted ON step (inverted) WHERE inverted IS NOT NULL;
CREATE INDEX step_seat ON step (seat);

-- The columns of a table at the time of writing, so that a journal outlives migrations.
CREATE TABLE shape (
  id INTEGER NOT NULL PRIMARY KEY,
  tab TEXT NOT NULL,
  columns TEXT NOT NULL,
  UNIQUE (tab, columns)
) STRICT;

-- op: 1 insert (keys key..last), 2 update (old and new of the changed columns), 3 delete (whole rows).
CREATE TABLE journal (
  step INTEGER NOT NULL CONSTRAINT journal_step REFERENCES step (id) ON DELETE RESTRICT,
  seq INTEGER NOT NULL,
  shape INTEGER NOT NULL CONSTRAINT journal_shape REFERENCES shape (id) ON DELETE RESTRICT,
  op INTEGER NOT NULL CHECK (op BETWEEN 1 AND 3),
  key INTEGER NOT NULL,
  last INTEGER NOT NULL,
  body BLOB,
  PRIMARY KEY (step, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX journal_row ON journal (shape, key);
CREATE INDEX journal_run ON journal (shape, last) WHERE last > key;
