-- Leave for a time: what somebody may do beyond their role, asked for and given by another, or taken in an emergency.

CREATE TABLE leave (
  id BLOB PRIMARY KEY,
  staff TEXT NOT NULL REFERENCES staff (id),
  kind TEXT NOT NULL CHECK (kind IN ('given', 'emergency')),
  -- Words of a closed set with a space between, and the highest level of fields shown.
  verbs TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('P0', 'P1', 'P2')),
  reason BLOB NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 480),
  -- A question, and leave that is open, end by their time alone; the row need not change for that.
  state TEXT NOT NULL CHECK (state IN ('asked', 'open', 'declined', 'ended')),
  asked_at INTEGER NOT NULL,
  -- Nobody decides about themselves.
  decided_by TEXT REFERENCES staff (id) CHECK (decided_by <> staff),
  decided_at INTEGER,
  "until" INTEGER,
  ended_by TEXT REFERENCES staff (id),
  ended_at INTEGER,
  -- What somebody else found when they looked at an emergency afterwards.
  reviewed_by TEXT REFERENCES staff (id) CHECK (reviewed_by <> staff),
  reviewed_at INTEGER,
  review TEXT CHECK (review IN ('in-order', 'not-in-order')),
  note BLOB,
  CHECK ("until" <= coalesce(decided_at, asked_at) + 28800),
  CHECK (state <> 'open' OR "until" IS NOT NULL),
  CHECK (state <> 'open' OR kind = 'emergency' OR decided_by IS NOT NULL),
  CHECK ((reviewed_at IS NULL) = (review IS NULL) AND (reviewed_at IS NULL) = (reviewed_by IS NULL))
) WITHOUT ROWID;
CREATE INDEX leave_staff ON leave (staff, asked_at);
CREATE INDEX leave_waiting ON leave (asked_at) WHERE state IN ('asked', 'open') OR (kind = 'emergency' AND reviewed_at IS NULL);

-- The program knows the kinds of notices; a list here would have to be written anew with each.
CREATE TABLE new_notice (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  staff TEXT REFERENCES staff (id),
  subject BLOB REFERENCES contact (subject),
  about BLOB NOT NULL,
  -- What happened, a word of a closed set; empty where the kind says it all.
  detail TEXT NOT NULL DEFAULT '',
  due_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
  CHECK ((staff IS NULL) <> (subject IS NULL))
) WITHOUT ROWID;
INSERT INTO new_notice (id, kind, staff, subject, about, detail, due_at, expires_at, attempts, state)
SELECT id, kind, staff, subject, about, detail, due_at, expires_at, attempts, state FROM notice;
DROP TABLE notice;
ALTER TABLE new_notice RENAME TO notice;
CREATE INDEX notice_due ON notice (due_at) WHERE state = 'waiting';
CREATE INDEX notice_staff ON notice (staff);
CREATE INDEX notice_subject ON notice (subject);
