-- What a booking was before each of its changes, so that its history can say from what to what.
CREATE TABLE booking_before (
  booking BLOB NOT NULL REFERENCES booking (id),
  version INTEGER NOT NULL,
  staff TEXT NOT NULL,
  location TEXT NOT NULL,
  start INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (booking, version)
) WITHOUT ROWID;
