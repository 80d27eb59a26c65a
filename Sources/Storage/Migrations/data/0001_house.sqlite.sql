-- Names: `start` and `end` bound half-open intervals in UTC seconds. Sealed cells are BLOBs in the form of
-- docs/formats/sealed-field.md. Every column stands in the register (Sources/Privacy/Register.swift).

CREATE TABLE business (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL,
  document TEXT NOT NULL
);

CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  subject BLOB NOT NULL,
  row_version INTEGER NOT NULL,
  email BLOB NOT NULL,
  email_index BLOB,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  password BLOB,
  totp_secret BLOB,
  totp_step INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE UNIQUE INDEX staff_email_index ON staff (email_index) WHERE email_index IS NOT NULL;

CREATE TABLE invite (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  staff TEXT NOT NULL REFERENCES staff (id),
  totp_secret BLOB NOT NULL,
  made_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL CHECK (expires_at > made_at),
  spent_at INTEGER
) WITHOUT ROWID;

CREATE TABLE session (
  id BLOB PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  staff TEXT NOT NULL REFERENCES staff (id),
  started_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  ended_at INTEGER
) WITHOUT ROWID;
CREATE INDEX session_staff ON session (staff);

CREATE TABLE sign_in_failure (
  account BLOB NOT NULL,
  network BLOB NOT NULL,
  failures INTEGER NOT NULL CHECK (failures > 0),
  last_at INTEGER NOT NULL,
  PRIMARY KEY (account, network)
) WITHOUT ROWID;

CREATE TABLE contact (
  number INTEGER PRIMARY KEY,
  subject BLOB NOT NULL UNIQUE,
  row_version INTEGER NOT NULL,
  name BLOB NOT NULL,
  email BLOB,
  phone BLOB,
  address BLOB,
  answers BLOB,
  -- When the first of the answers is to be erased.
  answers_until INTEGER,
  email_index BLOB,
  phone_index BLOB,
  made_at INTEGER NOT NULL,
  confirmed_at INTEGER,
  -- A blind index is written only once the customer or the staff has confirmed the contact.
  CHECK (confirmed_at IS NOT NULL OR (email_index IS NULL AND phone_index IS NULL)),
  CHECK ((answers IS NULL) = (answers_until IS NULL))
);
CREATE INDEX contact_unconfirmed ON contact (number) WHERE confirmed_at IS NULL;
CREATE INDEX contact_answers_until ON contact (answers_until) WHERE answers_until IS NOT NULL;
CREATE INDEX contact_email_index ON contact (email_index) WHERE email_index IS NOT NULL;
CREATE INDEX contact_phone_index ON contact (phone_index) WHERE phone_index IS NOT NULL;

-- What is occupied, by unit (`staff/tadas`). An appointment is one row; a class is one row with several seats.
CREATE TABLE occupancy (
  unit TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  id BLOB NOT NULL UNIQUE,
  service TEXT NOT NULL,
  served_start INTEGER NOT NULL,
  served_end INTEGER NOT NULL,
  capacity INTEGER NOT NULL CHECK (capacity >= 1),
  PRIMARY KEY (unit, start),
  CHECK (start <= served_start AND served_start < served_end AND served_end <= "end"),
  -- The bound that lets the overlap query look back two days and no further.
  CHECK ("end" - start <= 172800)
) WITHOUT ROWID;

CREATE TRIGGER occupancy_insert BEFORE INSERT ON occupancy
WHEN EXISTS (
  SELECT 1 FROM occupancy AS other
  WHERE other.unit = NEW.unit AND other.start > NEW.start - 172800 AND other.start < NEW."end"
    AND other."end" > NEW.start
)
BEGIN SELECT RAISE(ABORT, 'occupied'); END;

CREATE TRIGGER occupancy_update BEFORE UPDATE ON occupancy
BEGIN SELECT RAISE(ABORT, 'occupancy_is_replaced_not_changed'); END;

-- Kept in the order of days, so that one person's day lies on a page or two.
CREATE TABLE booking (
  id BLOB NOT NULL UNIQUE,
  subject BLOB NOT NULL REFERENCES contact (subject),
  service TEXT NOT NULL,
  staff TEXT NOT NULL,
  location TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL CHECK ("end" > start),
  sitting BLOB REFERENCES occupancy (id),
  seat INTEGER CHECK (seat >= 1),
  state TEXT NOT NULL CHECK (state IN ('booked', 'arrived', 'done', 'no-show', 'cancelled')),
  version INTEGER NOT NULL CHECK (version >= 1),
  link_version INTEGER NOT NULL CHECK (link_version >= 1),
  staff_named INTEGER NOT NULL CHECK (staff_named IN (0, 1)),
  made_by TEXT NOT NULL CHECK (made_by IN ('page', 'api', 'staff')),
  visitor_zone TEXT NOT NULL,
  idempotency BLOB UNIQUE,
  request_hash BLOB,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (staff, start, id),
  CHECK ((sitting IS NULL) = (state = 'cancelled')),
  CHECK ((sitting IS NULL) = (seat IS NULL))
) WITHOUT ROWID;
CREATE INDEX booking_subject ON booking (subject);
CREATE UNIQUE INDEX booking_seat ON booking (sitting, seat) WHERE sitting IS NOT NULL;

CREATE TRIGGER booking_seat_insert BEFORE INSERT ON booking
WHEN NEW.seat > 1 AND NEW.seat > (SELECT capacity FROM occupancy WHERE id = NEW.sitting)
BEGIN SELECT RAISE(ABORT, 'full'); END;

CREATE TRIGGER booking_seat_update BEFORE UPDATE OF sitting, seat ON booking
WHEN NEW.seat > 1 AND NEW.seat > (SELECT capacity FROM occupancy WHERE id = NEW.sitting)
BEGIN SELECT RAISE(ABORT, 'full'); END;

CREATE TABLE time_off (
  id BLOB PRIMARY KEY,
  staff TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL CHECK ("end" > start)
) WITHOUT ROWID;
CREATE INDEX time_off_staff ON time_off (staff, "end");

CREATE TABLE outbox (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('confirmation', 'change', 'cancellation', 'reminder')),
  booking BLOB NOT NULL REFERENCES booking (id),
  sequence INTEGER NOT NULL CHECK (sequence >= 0),
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed'))
) WITHOUT ROWID;
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';
CREATE INDEX outbox_booking ON outbox (booking);
CREATE INDEX outbox_failed ON outbox (due_at) WHERE state = 'failed';

CREATE TABLE mail_server (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  row_version INTEGER NOT NULL,
  settings BLOB NOT NULL
);

CREATE TABLE audit_entry (
  seq INTEGER PRIMARY KEY,
  entry BLOB NOT NULL
);

CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  frontier BLOB NOT NULL,
  checkpoint TEXT NOT NULL
);
