-- The second, small database. Erasing a subject deletes its row here; backups of this database live at most seven days.

CREATE TABLE business_key (
  version bigint CONSTRAINT "business_key.version" PRIMARY KEY,
  wrapped bytea NOT NULL,
  commitment bytea NOT NULL,
  made_at bigint NOT NULL
);

-- Made ahead as blanks; `taken_at` is set when a server process takes one to hand out.
CREATE TABLE subject_key (
  subject bytea CONSTRAINT "subject_key.subject" PRIMARY KEY,
  p1 bytea NOT NULL,
  p2 bytea NOT NULL,
  taken_at bigint
);
CREATE INDEX subject_key_blank ON subject_key (subject) WHERE taken_at IS NULL;
