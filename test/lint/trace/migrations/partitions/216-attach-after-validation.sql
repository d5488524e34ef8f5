-- transaction: none
-- title: The CHECK is validated first, then it is attached
ALTER TABLE payments_apac ADD CONSTRAINT payments_apac_region CHECK (region = 'apac') NOT VALID;
ALTER TABLE payments_apac VALIDATE CONSTRAINT payments_apac_region;
ALTER TABLE payments ATTACH PARTITION payments_apac FOR VALUES IN ('apac');
ALTER TABLE payments_apac DROP CONSTRAINT payments_apac_region;
