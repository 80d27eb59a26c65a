-- How much somebody has been shown, and whether their access still stands.

-- One row for a person and a day (UTC); the minute is the newest in which something was shown.
CREATE TABLE reading_volume (
  staff TEXT NOT NULL REFERENCES staff (id),
  day INTEGER NOT NULL,
  in_day INTEGER NOT NULL CHECK (in_day >= 0),
  minute INTEGER NOT NULL,
  in_minute INTEGER NOT NULL CHECK (in_minute >= 0),
  -- When the owners were told that the limit was reached.
  told_at INTEGER,
  PRIMARY KEY (staff, day)
) WITHOUT ROWID;

CREATE TABLE standing (
  staff TEXT PRIMARY KEY REFERENCES staff (id),
  -- By when somebody must have confirmed the role; from then on it allows nothing.
  review_due_at INTEGER NOT NULL,
  reviewed_at INTEGER,
  reviewed_by TEXT,
  -- Signed in last, or let back in.
  seen_at INTEGER NOT NULL
) WITHOUT ROWID;
