-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
DROP TABLE IF EXISTS express_rates CASCADE;
CREATE TABLE express_rates (id bigserial PRIMARY KEY, zone text NOT NULL, price numeric(8,2) NOT NULL);
