-- Drawn for each step: by it two files are found out that both went on as one seat.
ALTER TABLE step ADD COLUMN token INTEGER NOT NULL DEFAULT 0;

-- How far another PC's work was brought into this file: of which seat, up to which of its steps, and the digest of those steps, by which
-- a seat that went back to a backup and on from there is told.
CREATE TABLE merged (
  id INTEGER NOT NULL PRIMARY KEY,
  seat INTEGER NOT NULL CHECK (seat >= 0),
  upto INTEGER NOT NULL,
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  mark INTEGER NOT NULL,
  whose TEXT NOT NULL CHECK (length(whose) BETWEEN 1 AND 50),
  entered INTEGER NOT NULL
) STRICT;

CREATE INDEX merged_mark ON merged (mark);

-- Rows that both files entered on their own and that are one by a unique value: what the other calls `theirs` is `ours` here.
CREATE TABLE twin (
  id INTEGER NOT NULL PRIMARY KEY,
  tab TEXT NOT NULL CHECK (length(tab) BETWEEN 1 AND 50),
  theirs INTEGER NOT NULL,
  ours INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX twin_key ON twin (tab, theirs);
