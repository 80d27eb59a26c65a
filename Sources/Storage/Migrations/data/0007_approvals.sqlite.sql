-- What one person asks for and another must agree to.
CREATE TABLE approval (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('role-raise', 'customer-export', 'customer-erasure')),
  asked_by TEXT NOT NULL REFERENCES staff (id),
  asked_at INTEGER NOT NULL,
  -- Exactly what will be done, as canonical JSON; no personal data of customers.
  effect TEXT NOT NULL,
  -- Later than asked_at where nobody else could agree: it is then done by itself.
  opens_at INTEGER NOT NULL CHECK (opens_at >= asked_at),
  expires_at INTEGER NOT NULL CHECK (expires_at > opens_at),
  state TEXT NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'done', 'refused', 'withdrawn', 'lapsed')),
  decided_by TEXT REFERENCES staff (id),
  decided_at INTEGER,
  CHECK ((state = 'asked') = (decided_at IS NULL)),
  -- Nobody agrees to what they asked for themselves.
  CONSTRAINT "approval.two" CHECK (state NOT IN ('done', 'refused') OR decided_by IS NULL OR decided_by <> asked_by)
) WITHOUT ROWID;
CREATE INDEX approval_open ON approval (opens_at) WHERE state = 'asked';
