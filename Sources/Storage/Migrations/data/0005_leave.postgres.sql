-- Leave for a time: what somebody may do beyond their role, asked for and given by another, or taken in an emergency.

CREATE TABLE leave (
  id bytea CONSTRAINT "leave.id" PRIMARY KEY,
  staff text COLLATE "C" NOT NULL REFERENCES staff (id),
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('given', 'emergency')),
  -- Words of a closed set with a space between, and the highest level of fields shown.
  verbs text COLLATE "C" NOT NULL,
  level text COLLATE "C" NOT NULL CHECK (level IN ('P0', 'P1', 'P2')),
  reason bytea NOT NULL,
  minutes bigint NOT NULL CHECK (minutes BETWEEN 1 AND 480),
  -- A question, and leave that is open, end by their time alone; the row need not change for that.
  state text COLLATE "C" NOT NULL CHECK (state IN ('asked', 'open', 'declined', 'ended')),
  asked_at bigint NOT NULL,
  -- Nobody decides about themselves.
  decided_by text COLLATE "C" REFERENCES staff (id) CHECK (decided_by <> staff),
  decided_at bigint,
  "until" bigint,
  ended_by text COLLATE "C" REFERENCES staff (id),
  ended_at bigint,
  -- What somebody else found when they looked at an emergency afterwards.
  reviewed_by text COLLATE "C" REFERENCES staff (id) CHECK (reviewed_by <> staff),
  reviewed_at bigint,
  review text COLLATE "C" CHECK (review IN ('in-order', 'not-in-order')),
  note bytea,
  CHECK ("until" <= coalesce(decided_at, asked_at) + 28800),
  CHECK (state <> 'open' OR "until" IS NOT NULL),
  CHECK (state <> 'open' OR kind = 'emergency' OR decided_by IS NOT NULL),
  CHECK ((reviewed_at IS NULL) = (review IS NULL) AND (reviewed_at IS NULL) = (reviewed_by IS NULL))
);
CREATE INDEX leave_staff ON leave (staff, asked_at);
CREATE INDEX leave_waiting ON leave (asked_at) WHERE state IN ('asked', 'open') OR (kind = 'emergency' AND reviewed_at IS NULL);

-- The program knows the kinds of notices; a list here would have to be written anew with each.
ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
