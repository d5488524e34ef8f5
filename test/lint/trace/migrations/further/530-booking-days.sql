-- classes: +data-loss because the times of day are gone
ALTER TABLE bookings ALTER COLUMN during TYPE daterange USING daterange(lower(during)::date, upper(during)::date, '[]');
