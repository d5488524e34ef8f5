-- title: The partition key is missing
ALTER TABLE events ADD CONSTRAINT events_id_key UNIQUE (id);
