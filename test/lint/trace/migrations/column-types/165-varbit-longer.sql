ALTER TABLE products ALTER COLUMN flags TYPE varbit(64);
