-- An index over the audit record, by what its entries name. Made from audit_entry alone: it may be emptied, both tables
-- together, and fills again.

-- Besides records (`booking/…`, `subject/…`): `by/…` who acted, `act/…` what was done, `day/…` when.
CREATE TABLE audit_mention (
  record text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  actor text COLLATE "C" NOT NULL,
  is_look bigint NOT NULL CHECK (is_look IN (0, 1)),
  CONSTRAINT "audit_mention.record, audit_mention.seq" PRIMARY KEY (record, seq)
);

-- Entries with lower numbers are in the index.
CREATE TABLE audit_indexed (
  id bigint CONSTRAINT "audit_indexed.id" PRIMARY KEY CHECK (id = 1),
  upto bigint NOT NULL CHECK (upto >= 0)
);
