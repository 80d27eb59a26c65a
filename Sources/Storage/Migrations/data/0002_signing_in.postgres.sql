-- Signing in: passkeys, recovery codes, devices, notices to staff, customers' own sign-in.
-- Open invites and sessions end with this step: people sign in anew, invites are made again.

ALTER TABLE staff ADD COLUMN password_set_at bigint;
-- Why the password must be changed before anything else is done; NULL when it need not.
ALTER TABLE staff ADD COLUMN password_due text COLLATE "C"
  CHECK (password_due IN ('breached', 'shared-login', 'asked', 'calendar'));
ALTER TABLE staff ADD COLUMN left_at bigint;
-- The owner's reason for an address that belongs to a role and not to a person.
ALTER TABLE staff ADD COLUMN mailbox_reason bytea;

CREATE TABLE old_password (
  staff text COLLATE "C" NOT NULL REFERENCES staff (id),
  set_at bigint NOT NULL,
  id bytea NOT NULL CONSTRAINT "old_password.id" UNIQUE,
  password bytea NOT NULL,
  CONSTRAINT "old_password.staff, old_password.set_at" PRIMARY KEY (staff, set_at)
);

DROP TABLE invite;
CREATE TABLE invite (
  id bytea CONSTRAINT "invite.id" PRIMARY KEY,
  staff text COLLATE "C" NOT NULL REFERENCES staff (id),
  -- The address it was made for; another address of the account ends it.
  email_index bytea NOT NULL,
  totp_secret bytea NOT NULL,
  made_at bigint NOT NULL,
  expires_at bigint NOT NULL CHECK (expires_at > made_at),
  spent_at bigint
);
CREATE INDEX invite_staff ON invite (staff) WHERE spent_at IS NULL;

CREATE TABLE passkey (
  id bytea CONSTRAINT "passkey.id" PRIMARY KEY,
  staff text COLLATE "C" NOT NULL REFERENCES staff (id),
  credential bytea NOT NULL CONSTRAINT "passkey.credential" UNIQUE CHECK (length(credential) BETWEEN 1 AND 1023),
  -- Person, credential and public key sealed together, so that no row can be made or moved without the keys.
  public_key bytea NOT NULL,
  label bytea NOT NULL,
  sign_count bigint NOT NULL CHECK (sign_count >= 0),
  synced bigint NOT NULL CHECK (synced IN (0, 1)),
  made_at bigint NOT NULL,
  used_at bigint
);
CREATE INDEX passkey_staff ON passkey (staff);

CREATE TABLE recovery_code (
  code_hash bytea CONSTRAINT "recovery_code.code_hash" PRIMARY KEY CHECK (length(code_hash) = 32),
  staff text COLLATE "C" NOT NULL REFERENCES staff (id),
  made_at bigint NOT NULL,
  spent_at bigint
);
CREATE INDEX recovery_code_staff ON recovery_code (staff);

-- A browser that somebody has signed in with.
CREATE TABLE device (
  id bytea CONSTRAINT "device.id" PRIMARY KEY,
  token_hash bytea NOT NULL CONSTRAINT "device.token_hash" UNIQUE CHECK (length(token_hash) = 32),
  staff text COLLATE "C" NOT NULL REFERENCES staff (id),
  kind text COLLATE "C" NOT NULL,
  network bytea NOT NULL,
  made_at bigint NOT NULL,
  seen_at bigint NOT NULL,
  forgotten_at bigint
);
CREATE INDEX device_staff ON device (staff);

DROP TABLE session;
CREATE TABLE session (
  id bytea CONSTRAINT "session.id" PRIMARY KEY,
  token_hash bytea NOT NULL CONSTRAINT "session.token_hash" UNIQUE CHECK (length(token_hash) = 32),
  staff text COLLATE "C" NOT NULL REFERENCES staff (id),
  device bytea NOT NULL REFERENCES device (id),
  method text COLLATE "C" NOT NULL CHECK (method IN ('passkey', 'password', 'recovery-code', 'invite')),
  network bytea NOT NULL,
  started_at bigint NOT NULL,
  seen_at bigint NOT NULL,
  -- When the person last proved who they are, with two factors.
  proved_at bigint NOT NULL,
  locked_at bigint,
  -- What was unusual about the sign-in, words of a closed set with a space between; empty when nothing was.
  unusual text COLLATE "C" NOT NULL DEFAULT '',
  ended_at bigint
);
CREATE INDEX session_staff ON session (staff, started_at);

-- Challenges that were answered; each is answered once.
CREATE TABLE spent_challenge (
  challenge_hash bytea CONSTRAINT "spent_challenge.challenge_hash" PRIMARY KEY CHECK (length(challenge_hash) = 32),
  expires_at bigint NOT NULL
);

CREATE TABLE finding (
  id bytea CONSTRAINT "finding.id" PRIMARY KEY,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('shared-login')),
  staff text COLLATE "C" NOT NULL REFERENCES staff (id),
  -- What was seen, words of a closed set with a space between.
  signs text COLLATE "C" NOT NULL,
  found_at bigint NOT NULL,
  settled_at bigint,
  settled_as text COLLATE "C" CHECK (settled_as IN ('split', 'explained', 'left')),
  CHECK ((settled_at IS NULL) = (settled_as IS NULL))
);
CREATE INDEX finding_staff ON finding (staff, found_at);

-- A customer's way to their own bookings: a link sent to the address of the contact.
CREATE TABLE customer_link (
  id bytea CONSTRAINT "customer_link.id" PRIMARY KEY,
  subject bytea NOT NULL REFERENCES contact (subject),
  made_at bigint NOT NULL,
  expires_at bigint NOT NULL CHECK (expires_at > made_at),
  spent_at bigint
);
CREATE INDEX customer_link_subject ON customer_link (subject);

CREATE TABLE customer_passkey (
  id bytea CONSTRAINT "customer_passkey.id" PRIMARY KEY,
  subject bytea NOT NULL REFERENCES contact (subject),
  credential bytea NOT NULL CONSTRAINT "customer_passkey.credential" UNIQUE CHECK (length(credential) BETWEEN 1 AND 1023),
  public_key bytea NOT NULL,
  sign_count bigint NOT NULL CHECK (sign_count >= 0),
  made_at bigint NOT NULL,
  used_at bigint
);
CREATE INDEX customer_passkey_subject ON customer_passkey (subject);

CREATE TABLE customer_session (
  id bytea CONSTRAINT "customer_session.id" PRIMARY KEY,
  token_hash bytea NOT NULL CONSTRAINT "customer_session.token_hash" UNIQUE CHECK (length(token_hash) = 32),
  subject bytea NOT NULL REFERENCES contact (subject),
  method text COLLATE "C" NOT NULL CHECK (method IN ('link', 'passkey')),
  started_at bigint NOT NULL,
  seen_at bigint NOT NULL,
  ended_at bigint
);
CREATE INDEX customer_session_subject ON customer_session (subject);

-- Messages that are about no booking: which, to whom, about which record; their text is made when they are sent.
CREATE TABLE notice (
  id bytea CONSTRAINT "notice.id" PRIMARY KEY,
  kind text COLLATE "C" NOT NULL CHECK (kind IN (
    'invite', 'new-sign-in', 'others-sign-in', 'access-changed', 'others-access-changed', 'shared-login', 'customer-link'
  )),
  staff text COLLATE "C" REFERENCES staff (id),
  subject bytea REFERENCES contact (subject),
  about bytea NOT NULL,
  -- What happened, a word of a closed set; empty where the kind says it all.
  detail text COLLATE "C" NOT NULL DEFAULT '',
  due_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  attempts bigint NOT NULL DEFAULT 0,
  state text COLLATE "C" NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
  CHECK ((staff IS NULL) <> (subject IS NULL))
);
CREATE INDEX notice_due ON notice (due_at) WHERE state = 'waiting';
CREATE INDEX notice_staff ON notice (staff);
CREATE INDEX notice_subject ON notice (subject);
