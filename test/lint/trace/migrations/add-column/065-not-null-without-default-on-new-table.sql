CREATE TABLE returns (id bigint PRIMARY KEY, order_id bigint NOT NULL);
ALTER TABLE returns ADD COLUMN reason text NOT NULL;
