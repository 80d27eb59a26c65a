-- An index over the audit record, by what its entries name. Made from audit_entry alone: it may be emptied, both tables
-- together, and fills again.

-- Besides records (`booking/…`, `subject/…`): `by/…` who acted, `act/…` what was done, `day/…` when.
CREATE TABLE audit_mention (
  record TEXT NOT NULL,
  seq INTEGER NOT NULL,
  actor TEXT NOT NULL,
  is_look INTEGER NOT NULL CHECK (is_look IN (0, 1)),
  PRIMARY KEY (record, seq)
) WITHOUT ROWID;

-- Entries with lower numbers are in the index.
CREATE TABLE audit_indexed (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  upto INTEGER NOT NULL CHECK (upto >= 0)
);
