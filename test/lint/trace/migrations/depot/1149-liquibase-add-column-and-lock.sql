-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
CREATE TABLE databasechangeloglock (ID INTEGER NOT NULL, LOCKED BOOLEAN NOT NULL, LOCKGRANTED TIMESTAMP WITHOUT TIME ZONE, LOCKEDBY VARCHAR(255), CONSTRAINT databasechangeloglock_pkey PRIMARY KEY (ID));
DELETE FROM databasechangeloglock;
INSERT INTO databasechangeloglock (ID, LOCKED) VALUES (1, FALSE);
ALTER TABLE public.skus ADD weight_g INTEGER, ADD hs_code VARCHAR(10);
