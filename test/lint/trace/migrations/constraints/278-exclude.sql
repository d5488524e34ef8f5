ALTER TABLE bookings ADD CONSTRAINT bookings_no_same_time EXCLUDE USING gist (during WITH &&);
