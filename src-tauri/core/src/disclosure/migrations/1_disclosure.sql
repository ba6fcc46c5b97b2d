CREATE TABLE disclosure (
  id INTEGER NOT NULL PRIMARY KEY,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
  clerk TEXT NOT NULL,
  entered INTEGER NOT NULL,
  record TEXT NOT NULL,
  row_key INTEGER,
  columns TEXT NOT NULL,
  people INTEGER NOT NULL CHECK (people >= 0),
  file TEXT,
  digest TEXT
) STRICT;

CREATE INDEX disclosure_order ON disclosure (entered, id);
CREATE INDEX disclosure_row ON disclosure (record, row_key) WHERE row_key IS NOT NULL;
