-- Customers whose data was erased: what is left is that somebody came.
ALTER TABLE contact ADD COLUMN erased_at bigint;

-- Whose keys are to be destroyed in the other database; a row goes once they are.
CREATE TABLE erased_subject (
  subject bytea CONSTRAINT "erased_subject.subject" PRIMARY KEY
);
