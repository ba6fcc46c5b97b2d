CREATE TABLE note (
  id INTEGER NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  serial TEXT,
  weight INTEGER,
  after INTEGER CONSTRAINT note_after REFERENCES note (id) ON DELETE RESTRICT
) STRICT;

CREATE UNIQUE INDEX note_serial ON note (serial);
CREATE INDEX note_after ON note (after);

CREATE VIRTUAL TABLE note_search USING fts5(grams, content = '', detail = none, columnsize = 0, tokenize = 'unicode61');
