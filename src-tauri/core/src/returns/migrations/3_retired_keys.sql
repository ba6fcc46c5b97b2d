-- The keys that this office's seats had before: they sign nothing any more, but open what was encrypted for them.
-- Never listed, exported or journaled, as those in use.
CREATE TABLE retired_key (
  seat INTEGER NOT NULL,
  secret TEXT NOT NULL,
  made INTEGER NOT NULL,
  retired INTEGER NOT NULL
) STRICT;

CREATE INDEX retired_key_seat ON retired_key (seat, retired);
