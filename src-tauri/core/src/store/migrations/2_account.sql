-- Who may open the file, and as what. One that is removed stays: the journal names it.
CREATE TABLE account (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 50),
  role INTEGER NOT NULL CHECK (role BETWEEN 1 AND 4),
  since INTEGER NOT NULL,
  removed TEXT CHECK (removed GLOB '????-??-??')
) STRICT;

CREATE UNIQUE INDEX account_key ON account (name) WHERE removed IS NULL;

-- The public half of each account's key pair, by which its wrap in the sidecar is recognised; never listed, exported or journaled.
CREATE TABLE account_seal (
  account INTEGER NOT NULL PRIMARY KEY CONSTRAINT account_seal_account REFERENCES account (id) ON DELETE RESTRICT,
  public_key TEXT NOT NULL UNIQUE
) STRICT;
