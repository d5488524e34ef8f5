CREATE TABLE IF NOT EXISTS coupons (code text PRIMARY KEY, percent integer, valid_until date, note text);
