-- since: 15
MERGE INTO settings s USING (VALUES ('shop.vat', '19'), ('shop.name', 'Shop')) AS n (key, value) ON s.key = n.key
WHEN MATCHED THEN UPDATE SET value = n.value
WHEN NOT MATCHED THEN INSERT (key, value) VALUES (n.key, n.value);
