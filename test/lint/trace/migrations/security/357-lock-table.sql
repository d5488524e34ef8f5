LOCK TABLE settings IN ACCESS EXCLUSIVE MODE;
INSERT INTO settings (key, value) VALUES ('shop.vat', '19') ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value;
