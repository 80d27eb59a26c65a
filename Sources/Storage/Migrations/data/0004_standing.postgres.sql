-- How much somebody has been shown, and whether their access still stands.

-- One row for a person and a day (UTC); the minute is the newest in which something was shown.
CREATE TABLE reading_volume (
  staff text COLLATE "C" NOT NULL REFERENCES staff (id),
  day bigint NOT NULL,
  in_day bigint NOT NULL CHECK (in_day >= 0),
  minute bigint NOT NULL,
  in_minute bigint NOT NULL CHECK (in_minute >= 0),
  -- When the owners were told that the limit was reached.
  told_at bigint,
  PRIMARY KEY (staff, day)
);

CREATE TABLE standing (
  staff text COLLATE "C" PRIMARY KEY REFERENCES staff (id),
  -- By when somebody must have confirmed the role; from then on it allows nothing.
  review_due_at bigint NOT NULL,
  reviewed_at bigint,
  reviewed_by text COLLATE "C",
  -- Signed in last, or let back in.
  seen_at bigint NOT NULL
);
