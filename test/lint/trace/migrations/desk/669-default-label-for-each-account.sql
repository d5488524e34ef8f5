-- schema: desk.sql
-- rows: desk-rows.sql
INSERT INTO labels (account_id, name) SELECT id, 'default' FROM accounts WHERE status <> 'suspended';
