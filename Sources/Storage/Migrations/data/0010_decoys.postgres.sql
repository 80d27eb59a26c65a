-- Customers who are nobody: whoever is shown one was looking for what is not theirs to see.
CREATE TABLE decoy (
  subject bytea CONSTRAINT "decoy.subject" PRIMARY KEY REFERENCES contact (subject),
  planted_by text COLLATE "C" NOT NULL REFERENCES staff (id),
  planted_at bigint NOT NULL
);
