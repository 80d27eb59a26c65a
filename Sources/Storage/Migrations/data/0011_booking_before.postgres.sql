-- What a booking was before each of its changes, so that its history can say from what to what.
CREATE TABLE booking_before (
  booking bytea NOT NULL REFERENCES booking (id),
  version bigint NOT NULL,
  staff text COLLATE "C" NOT NULL,
  location text COLLATE "C" NOT NULL,
  start bigint NOT NULL,
  state text COLLATE "C" NOT NULL,
  CONSTRAINT "booking_before.booking" PRIMARY KEY (booking, version)
);
