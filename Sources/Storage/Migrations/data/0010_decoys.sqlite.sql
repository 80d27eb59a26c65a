-- Customers who are nobody: whoever is shown one was looking for what is not theirs to see.
CREATE TABLE decoy (
  subject BLOB PRIMARY KEY REFERENCES contact (subject),
  planted_by TEXT NOT NULL REFERENCES staff (id),
  planted_at INTEGER NOT NULL
) WITHOUT ROWID;
