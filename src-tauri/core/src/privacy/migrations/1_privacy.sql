CREATE TABLE consent (
  id INTEGER NOT NULL PRIMARY KEY,
  person INTEGER NOT NULL CONSTRAINT consent_person REFERENCES person (id) ON DELETE RESTRICT,
  purpose TEXT NOT NULL,
  scope INTEGER NOT NULL CHECK (scope BETWEEN 1 AND 3),
  given TEXT NOT NULL CHECK (given GLOB '????-??-??'),
  form INTEGER NOT NULL CHECK (form BETWEEN 1 AND 3),
  separate INTEGER NOT NULL CHECK (separate IN (0, 1)),
  guardian TEXT,
  relation TEXT,
  withdrawn TEXT CHECK (withdrawn GLOB '????-??-??'),
  note TEXT
) STRICT;

CREATE INDEX consent_person ON consent (person, given);
CREATE INDEX consent_order ON consent (given);

CREATE TABLE retention_rule (
  id INTEGER NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  years INTEGER NOT NULL CHECK (years BETWEEN 0 AND 100),
  counted INTEGER NOT NULL CHECK (counted IN (1, 2)),
  source TEXT NOT NULL,
  from_day TEXT NOT NULL CHECK (from_day GLOB '????-??-??')
) STRICT;

CREATE UNIQUE INDEX retention_rule_key ON retention_rule (kind, from_day);
CREATE INDEX retention_rule_order ON retention_rule (from_day, kind);

-- Rows of seat 0 and its counter, so that the first rule an office adds gets the next id.
INSERT INTO retention_rule (id, kind, years, counted, source, from_day) VALUES
  (1, 'member', 2, 1, '《统计法实施条例》第二十二条：统计台账至少保存2年；本地另有规定的可加一行', '2017-08-01'),
  (2, 'dues', 2, 1, '《统计法实施条例》第二十二条：统计台账至少保存2年；属于会计凭证的按会计档案另行保存', '2017-08-01'),
  (3, 'participation', 2, 1, '《统计法实施条例》第二十二条：统计台账至少保存2年；本地另有规定的可加一行', '2017-08-01'),
  (4, 'volunteer', 2, 1, '《统计法实施条例》第二十二条：统计台账至少保存2年；本地另有规定的可加一行', '2017-08-01'),
  (5, 'service', 2, 1, '《统计法实施条例》第二十二条：统计台账至少保存2年；本地另有规定的可加一行', '2017-08-01'),
  (6, 'dossier', 2, 1, '《统计法实施条例》第二十二条：统计台账至少保存2年；本地另有规定的可加一行', '2017-08-01'),
  (7, 'return', 10, 1, '《统计法实施条例》第二十三条：汇总资料至少保存10年', '2017-08-01');
INSERT INTO counter (seat, tab, n) VALUES (0, 'retention_rule', 7);

CREATE TABLE blocking (
  id INTEGER NOT NULL PRIMARY KEY,
  person INTEGER NOT NULL CONSTRAINT blocking_person REFERENCES person (id) ON DELETE RESTRICT,
  day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  ground INTEGER NOT NULL CHECK (ground BETWEEN 1 AND 4),
  note TEXT,
  ended TEXT CHECK (ended GLOB '????-??-??'),
  ended_for TEXT,
  entered INTEGER NOT NULL
) STRICT;

CREATE INDEX blocking_person ON blocking (person);
CREATE INDEX blocking_order ON blocking (day);
-- Who is blocked at present, once each.
CREATE UNIQUE INDEX blocking_standing ON blocking (person) WHERE ended IS NULL;

CREATE TABLE erasure (
  id INTEGER NOT NULL PRIMARY KEY,
  clerk TEXT NOT NULL,
  entered INTEGER NOT NULL,
  ground INTEGER NOT NULL CHECK (ground BETWEEN 1 AND 4),
  people INTEGER NOT NULL CHECK (people > 0),
  records INTEGER NOT NULL CHECK (records >= 0),
  note TEXT
) STRICT;

CREATE INDEX erasure_order ON erasure (entered, id);

-- Rows that turned out to be one with another: what the journal holds of them is the other's, too.
CREATE TABLE united (
  tab TEXT NOT NULL,
  gone INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  PRIMARY KEY (tab, gone)
) STRICT, WITHOUT ROWID;

-- Whose row says nothing any more; it stays for what is counted.
CREATE TABLE erased (
  person INTEGER NOT NULL PRIMARY KEY
) STRICT;
