-- transaction: none
ALTER DOMAIN sku_code ADD CONSTRAINT sku_code_prefix CHECK (VALUE LIKE 'SKU-%') NOT VALID;
ALTER DOMAIN sku_code VALIDATE CONSTRAINT sku_code_prefix;
