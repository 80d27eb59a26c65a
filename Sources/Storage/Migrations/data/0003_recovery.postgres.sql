-- Recovery: an invite for somebody who has signed in here before opens a day later, unless a second person opens it.

-- Whether an invite was ever taken up by who works here now; leaving forgets it.
ALTER TABLE staff ADD COLUMN taken_up bigint NOT NULL DEFAULT 0 CHECK (taken_up IN (0, 1));
UPDATE staff SET taken_up = 1 WHERE left_at IS NULL AND (
  password IS NOT NULL OR totp_secret IS NOT NULL
  OR EXISTS (SELECT 1 FROM passkey WHERE passkey.staff = staff.id)
  OR EXISTS (SELECT 1 FROM recovery_code WHERE recovery_code.staff = staff.id)
  OR EXISTS (SELECT 1 FROM old_password WHERE old_password.staff = staff.id)
  OR EXISTS (SELECT 1 FROM session WHERE session.staff = staff.id)
);

-- All three stay empty for invites that are no recovery.
ALTER TABLE invite ADD COLUMN asked_by text COLLATE "C" REFERENCES staff (id);
ALTER TABLE invite ADD COLUMN opens_at bigint CHECK ((opens_at IS NULL) = (asked_by IS NULL) AND opens_at < expires_at);
ALTER TABLE invite ADD COLUMN opened_by text COLLATE "C" REFERENCES staff (id)
  CHECK (opened_by IS NULL OR (asked_by IS NOT NULL AND opened_by <> asked_by AND opened_by <> staff));
