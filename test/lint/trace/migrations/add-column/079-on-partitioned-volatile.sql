ALTER TABLE events ADD COLUMN event_uuid uuid DEFAULT gen_random_uuid();
