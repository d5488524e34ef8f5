-- title: Not written to be run where it is there already
INSERT INTO settings (key, value) VALUES ('shop.name', 'The Shop');
