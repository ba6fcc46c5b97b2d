-- A backup that somebody asks for is a use of everybody's data, of a kind of its own.
CREATE TABLE disclosure_kept (
  id INTEGER NOT NULL PRIMARY KEY,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 5),
  clerk TEXT NOT NULL,
  entered INTEGER NOT NULL,
  record TEXT NOT NULL,
  row_key INTEGER,
  columns TEXT NOT NULL,
  people INTEGER NOT NULL CHECK (people >= 0),
  file TEXT,
  digest TEXT
) STRICT;

INSERT INTO disclosure_kept (id, kind, clerk, entered, record, row_key, columns, people, file, digest)
SELECT id, kind, clerk, entered, record, row_key, columns, people, file, digest FROM disclosure;

DROP TABLE disclosure;

ALTER TABLE disclosure_kept RENAME TO disclosure;

CREATE INDEX disclosure_order ON disclosure (entered, id);
CREATE INDEX disclosure_row ON disclosure (record, row_key) WHERE row_key IS NOT NULL;
