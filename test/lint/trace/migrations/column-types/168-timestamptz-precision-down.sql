-- classes: +data-loss because fractions of seconds are rounded away
ALTER TABLE sessions ALTER COLUMN expires_at TYPE timestamptz(0);
