-- schema: desk.sql
-- rows: desk-rows.sql
INSERT INTO teams (account_id, name) SELECT a.id, 'Support' FROM accounts a WHERE NOT EXISTS (SELECT 1 FROM teams t WHERE t.account_id = a.id);
