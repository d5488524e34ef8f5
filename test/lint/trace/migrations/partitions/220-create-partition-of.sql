-- title: Next year's partition; the default partition is read under the lock
CREATE TABLE events_2028 PARTITION OF events FOR VALUES FROM ('2028-01-01 00:00+00') TO ('2029-01-01 00:00+00');
