-- schema: desk.sql
-- rows: desk-rows.sql
-- transaction: none
BEGIN;

CREATE TABLE IF NOT EXISTS feature_flags (
    id SERIAL NOT NULL,
    name VARCHAR(50) NOT NULL,
    enabled BOOLEAN DEFAULT false NOT NULL,
    account_id UUID,
    PRIMARY KEY (id),
    FOREIGN KEY(account_id) REFERENCES accounts (id) ON DELETE CASCADE,
    UNIQUE (name)
);

INSERT INTO feature_flags (name, enabled) VALUES ('new_inbox', true), ('dark_mode', false);

INSERT INTO alembic_version (version_num) VALUES ('f201') RETURNING alembic_version.version_num;

COMMIT;
