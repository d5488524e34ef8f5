-- title: The new table is filled first
CREATE TABLE settings_new (LIKE settings INCLUDING ALL);
INSERT INTO settings_new SELECT * FROM settings;
ALTER TABLE settings RENAME TO settings_old;
ALTER TABLE settings_new RENAME TO settings;
