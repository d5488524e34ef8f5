-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE TEMP TABLE mapping (old text, new text) ON COMMIT DROP;
INSERT INTO mapping VALUES ('damage', 'DMG'), ('loss', 'LOS');
UPDATE claims c SET kind = m.new FROM mapping m WHERE m.old = c.kind;
