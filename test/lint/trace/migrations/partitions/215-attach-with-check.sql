-- title: Its CHECK says what the partition's would
ALTER TABLE payments ATTACH PARTITION payments_latam FOR VALUES IN ('latam');
