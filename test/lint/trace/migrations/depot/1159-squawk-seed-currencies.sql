-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE TABLE currencies (code char(3) PRIMARY KEY, name text NOT NULL, minor_units smallint NOT NULL DEFAULT 2);
INSERT INTO currencies (code, name) VALUES ('EUR', 'Euro'), ('CHF', 'Franc');
ALTER TABLE shipments ADD CONSTRAINT shipments_currency_fkey FOREIGN KEY (currency) REFERENCES currencies (code) NOT VALID;
