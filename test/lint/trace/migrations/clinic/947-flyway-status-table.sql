-- schema: clinic.sql
-- rows: clinic-rows.sql
-- shown: clinic.sql
CREATE TABLE bill_states (code text PRIMARY KEY, label text NOT NULL);
INSERT INTO bill_states VALUES ('draft', 'Draft'), ('sent', 'Sent'), ('paid', 'Paid'), ('void', 'Void');
ALTER TABLE bills ADD COLUMN state_code text REFERENCES bill_states (code);
UPDATE bills SET state_code = state::text;
