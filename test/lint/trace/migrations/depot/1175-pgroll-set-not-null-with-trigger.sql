-- schema: depot.sql
-- rows: depot-rows.sql
-- shown: depot.sql
-- classes: -breaks-old-code because the trigger fills it, which is silent where that is tried without rows
ALTER TABLE skus ADD COLUMN _pgroll_new_ean text;
CREATE FUNCTION _pgroll_trigger_skus_ean() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW._pgroll_new_ean := coalesce(NEW.ean, 'none');
  RETURN NEW;
END $$;
CREATE TRIGGER _pgroll_trigger_skus_ean BEFORE INSERT OR UPDATE ON skus FOR EACH ROW EXECUTE FUNCTION _pgroll_trigger_skus_ean();
ALTER TABLE skus ADD CONSTRAINT _pgroll_check_not_null_ean CHECK (_pgroll_new_ean IS NOT NULL) NOT VALID;
