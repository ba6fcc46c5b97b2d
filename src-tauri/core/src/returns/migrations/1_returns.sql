CREATE TABLE task (
  id INTEGER NOT NULL PRIMARY KEY,
  code TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  package TEXT NOT NULL,
  entered INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX task_key ON task (code, version);

CREATE VIRTUAL TABLE task_search USING fts5(grams, content = '', detail = none, columnsize = 0, tokenize = 'unicode61');

CREATE TABLE return (
  id INTEGER NOT NULL PRIMARY KEY,
  unit INTEGER NOT NULL CONSTRAINT return_unit REFERENCES unit (id) ON DELETE RESTRICT,
  task INTEGER NOT NULL CONSTRAINT return_task REFERENCES task (id) ON DELETE RESTRICT,
  code TEXT NOT NULL,
  period TEXT NOT NULL,
  until TEXT NOT NULL CHECK (until GLOB '????-??-??'),
  no INTEGER NOT NULL CHECK (no >= 1),
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 6),
  basis INTEGER NOT NULL CHECK (basis BETWEEN 1 AND 4),
  due TEXT NOT NULL CHECK (due GLOB '????-??-??'),
  sent TEXT CHECK (sent GLOB '????-??-??'),
  reason TEXT,
  content TEXT NOT NULL,
  digest TEXT,
  entered INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX return_key ON return (unit, code, period, no);
CREATE INDEX return_task ON return (task);
-- A period of a task over all unions, and the order of the list.
CREATE INDEX return_board ON return (code, period, unit, state);
CREATE INDEX return_order ON return (until, code, unit, no);

-- What was sent is reprinted, never changed.
CREATE TRIGGER return_frozen BEFORE UPDATE ON return
WHEN old.state >= 3 AND old.basis <= 2 AND (
  new.unit <> old.unit OR new.task <> old.task OR new.period <> old.period OR new.no <> old.no OR new.state < 3
  OR new.content <> old.content OR new.sent IS NOT old.sent OR new.digest IS NOT old.digest)
BEGIN
  SELECT RAISE(ABORT, '已上报的报表不再改变。');
END;

CREATE TRIGGER return_stays BEFORE DELETE ON return WHEN old.state >= 3 AND old.basis <= 2
BEGIN
  SELECT RAISE(ABORT, '已上报的报表不能删除，它所属的工会也不能删除。');
END;

CREATE TABLE delivery (
  id INTEGER NOT NULL PRIMARY KEY,
  file TEXT NOT NULL,
  digest TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 6),
  unit INTEGER CONSTRAINT delivery_unit REFERENCES unit (id) ON DELETE RESTRICT,
  sender TEXT,
  code TEXT,
  period TEXT,
  no INTEGER,
  late INTEGER NOT NULL CHECK (late IN (0, 1)),
  notes TEXT,
  content TEXT,
  took INTEGER CONSTRAINT delivery_took REFERENCES return (id) ON DELETE RESTRICT,
  entered INTEGER NOT NULL
) STRICT;

CREATE INDEX delivery_unit ON delivery (unit);
CREATE INDEX delivery_took ON delivery (took);
CREATE INDEX delivery_order ON delivery (entered);

CREATE TABLE correspondent (
  id INTEGER NOT NULL PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  card TEXT NOT NULL,
  entered INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX correspondent_key ON correspondent (fingerprint);
CREATE INDEX correspondent_code ON correspondent (code);

-- The keys of this office's seats; never listed, exported or journaled.
CREATE TABLE seat_key (
  seat INTEGER NOT NULL PRIMARY KEY,
  secret TEXT NOT NULL,
  made INTEGER NOT NULL
) STRICT;
