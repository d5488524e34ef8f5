-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

-- Running upgrade a1b2c3d4e5f6 -> e100

CREATE TABLE sla_policies (
    id SERIAL NOT NULL,
    name VARCHAR(100) NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_sla_policies_name ON sla_policies (name);

ALTER TABLE tickets ADD COLUMN sla_id INTEGER;

ALTER TABLE tickets ADD FOREIGN KEY(sla_id) REFERENCES sla_policies (id);

UPDATE alembic_version SET version_num='e100' WHERE alembic_version.version_num = 'a1b2c3d4e5f6';

COMMIT;
