-- Signing in: passkeys, recovery codes, devices, notices to staff, customers' own sign-in.
-- Open invites and sessions end with this step: people sign in anew, invites are made again.

ALTER TABLE staff ADD COLUMN password_set_at INTEGER;
-- Why the password must be changed before anything else is done; NULL when it need not.
ALTER TABLE staff ADD COLUMN password_due TEXT
  CHECK (password_due IN ('breached', 'shared-login', 'asked', 'calendar'));
ALTER TABLE staff ADD COLUMN left_at INTEGER;
-- The owner's reason for an address that belongs to a role and not to a person.
ALTER TABLE staff ADD COLUMN mailbox_reason BLOB;

CREATE TABLE old_password (
  staff TEXT NOT NULL REFERENCES staff (id),
  set_at INTEGER NOT NULL,
  id BLOB NOT NULL UNIQUE,
  password BLOB NOT NULL,
  PRIMARY KEY (staff, set_at)
) WITHOUT ROWID;

DROP TABLE invite;
CREATE TABLE invite (
  id BLOB PRIMARY KEY,
  staff TEXT NOT NULL REFERENCES staff (id),
  -- The address it was made for; another address of the account ends it.
  email_index BLOB NOT NULL,
  totp_secret BLOB NOT NULL,
  made_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL CHECK (expires_at > made_at),
  spent_at INTEGER
) WITHOUT ROWID;
CREATE INDEX invite_staff ON invite (staff) WHERE spent_at IS NULL;

CREATE TABLE passkey (
  id BLOB PRIMARY KEY,
  staff TEXT NOT NULL REFERENCES staff (id),
  credential BLOB NOT NULL UNIQUE CHECK (length(credential) BETWEEN 1 AND 1023),
  -- Person, credential and public key sealed together, so that no row can be made or moved without the keys.
  public_key BLOB NOT NULL,
  label BLOB NOT NULL,
  sign_count INTEGER NOT NULL CHECK (sign_count >= 0),
  synced INTEGER NOT NULL CHECK (synced IN (0, 1)),
  made_at INTEGER NOT NULL,
  used_at INTEGER
) WITHOUT ROWID;
CREATE INDEX passkey_staff ON passkey (staff);

CREATE TABLE recovery_code (
  code_hash BLOB PRIMARY KEY CHECK (length(code_hash) = 32),
  staff TEXT NOT NULL REFERENCES staff (id),
  made_at INTEGER NOT NULL,
  spent_at INTEGER
) WITHOUT ROWID;
CREATE INDEX recovery_code_staff ON recovery_code (staff);

-- A browser that somebody has signed in with.
CREATE TABLE device (
  id BLOB PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  staff TEXT NOT NULL REFERENCES staff (id),
  kind TEXT NOT NULL,
  network BLOB NOT NULL,
  made_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  forgotten_at INTEGER
) WITHOUT ROWID;
CREATE INDEX device_staff ON device (staff);

DROP TABLE session;
CREATE TABLE session (
  id BLOB PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  staff TEXT NOT NULL REFERENCES staff (id),
  device BLOB NOT NULL REFERENCES device (id),
  method TEXT NOT NULL CHECK (method IN ('passkey', 'password', 'recovery-code', 'invite')),
  network BLOB NOT NULL,
  started_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  -- When the person last proved who they are, with two factors.
  proved_at INTEGER NOT NULL,
  locked_at INTEGER,
  -- What was unusual about the sign-in, words of a closed set with a space between; empty when nothing was.
  unusual TEXT NOT NULL DEFAULT '',
  ended_at INTEGER
) WITHOUT ROWID;
CREATE INDEX session_staff ON session (staff, started_at);

-- Challenges that were answered; each is answered once.
CREATE TABLE spent_challenge (
  challenge_hash BLOB PRIMARY KEY CHECK (length(challenge_hash) = 32),
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE finding (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('shared-login')),
  staff TEXT NOT NULL REFERENCES staff (id),
  -- What was seen, words of a closed set with a space between.
  signs TEXT NOT NULL,
  found_at INTEGER NOT NULL,
  settled_at INTEGER,
  settled_as TEXT CHECK (settled_as IN ('split', 'explained', 'left')),
  CHECK ((settled_at IS NULL) = (settled_as IS NULL))
) WITHOUT ROWID;
CREATE INDEX finding_staff ON finding (staff, found_at);

-- A customer's way to their own bookings: a link sent to the address of the contact.
CREATE TABLE customer_link (
  id BLOB PRIMARY KEY,
  subject BLOB NOT NULL REFERENCES contact (subject),
  made_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL CHECK (expires_at > made_at),
  spent_at INTEGER
) WITHOUT ROWID;
CREATE INDEX customer_link_subject ON customer_link (subject);

CREATE TABLE customer_passkey (
  id BLOB PRIMARY KEY,
  subject BLOB NOT NULL REFERENCES contact (subject),
  credential BLOB NOT NULL UNIQUE CHECK (length(credential) BETWEEN 1 AND 1023),
  public_key BLOB NOT NULL,
  sign_count INTEGER NOT NULL CHECK (sign_count >= 0),
  made_at INTEGER NOT NULL,
  used_at INTEGER
) WITHOUT ROWID;
CREATE INDEX customer_passkey_subject ON customer_passkey (subject);

CREATE TABLE customer_session (
  id BLOB PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  subject BLOB NOT NULL REFERENCES contact (subject),
  method TEXT NOT NULL CHECK (method IN ('link', 'passkey')),
  started_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  ended_at INTEGER
) WITHOUT ROWID;
CREATE INDEX customer_session_subject ON customer_session (subject);

-- Messages that are about no booking: which, to whom, about which record; their text is made when they are sent.
CREATE TABLE notice (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN (
    'invite', 'new-sign-in', 'others-sign-in', 'access-changed', 'others-access-changed', 'shared-login', 'customer-link'
  )),
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
CREATE INDEX notice_due ON notice (due_at) WHERE state = 'waiting';
CREATE INDEX notice_staff ON notice (staff);
CREATE INDEX notice_subject ON notice (subject);
