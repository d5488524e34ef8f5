ALTER TABLE bookings ADD CONSTRAINT bookings_valid_days_excl EXCLUDE USING gist (valid_days WITH &&);
