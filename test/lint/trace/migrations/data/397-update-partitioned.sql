UPDATE events SET payload = '{}' WHERE payload IS NULL;
