-- title: A new table takes the old one's name
CREATE TABLE settings_new (LIKE settings INCLUDING ALL);
ALTER TABLE settings RENAME TO settings_old;
ALTER TABLE settings_new RENAME TO settings;
