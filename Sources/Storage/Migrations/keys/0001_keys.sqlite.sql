-- The second, small database. Erasing a subject deletes its row here; backups of this file live at most seven days.

CREATE TABLE business_key (
  version INTEGER PRIMARY KEY,
  wrapped BLOB NOT NULL,
  commitment BLOB NOT NULL,
  made_at INTEGER NOT NULL
);

-- Made ahead as blanks; `taken_at` is set when a server process takes one to hand out.
CREATE TABLE subject_key (
  subject BLOB PRIMARY KEY,
  p1 BLOB NOT NULL,
  p2 BLOB NOT NULL,
  taken_at INTEGER
) WITHOUT ROWID;
CREATE INDEX subject_key_blank ON subject_key (subject) WHERE taken_at IS NULL;
