-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE TABLE currencies (code char(3) PRIMARY KEY, name text NOT NULL, minor_units smallint NOT NULL DEFAULT 2);
INSERT INTO currencies VALUES ('EUR', 'Euro'), ('CHF', 'Franc', 2), ('JPY', 'Yen', 0);
