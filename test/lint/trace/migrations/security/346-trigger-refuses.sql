-- title: Locked documents cannot be changed any more; the old application does not know
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'coupons are read only' USING ERRCODE = 'P0001';
END $$;
CREATE TRIGGER coupons_read_only BEFORE UPDATE ON coupons FOR EACH ROW EXECUTE FUNCTION refuse_change();
