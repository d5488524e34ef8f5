-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
DELETE FROM drugs WHERE id IN (900001, 900002);
INSERT INTO drugs (id, pzn, name, strength, unit_price) VALUES
  (900001, '90000001', 'Saline', '250 ml', 1.95),
  (900002, '90000002', 'Saline', '500 ml', 2.95);
