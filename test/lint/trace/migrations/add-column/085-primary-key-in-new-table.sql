-- title: Nothing is there before it
CREATE TABLE loyalty_levels (name text NOT NULL);
ALTER TABLE loyalty_levels ADD COLUMN id bigserial PRIMARY KEY;
INSERT INTO loyalty_levels (name) VALUES ('bronze'), ('silver'), ('gold');
