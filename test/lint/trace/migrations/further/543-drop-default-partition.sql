DROP TABLE events_default;
