-- title: The old signature goes
DROP FUNCTION shipping_cents(integer);
CREATE FUNCTION shipping_cents(weight_g integer, country text) RETURNS integer LANGUAGE sql IMMUTABLE AS
  $$ SELECT CASE WHEN country = 'DE' THEN 490 ELSE 1490 END $$;
