-- schema: desk.sql
-- rows: desk-rows.sql
UPDATE accounts SET timezone = 'Europe/Berlin', seats = 20 WHERE id = '7b7a53e2-39cd-4a2e-9d36-3b3f1a1f0c11';
UPDATE accounts SET plan_id = 2 WHERE subdomain = 'team7';
