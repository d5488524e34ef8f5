-- schema: desk.sql
-- rows: desk-rows.sql
-- classes: -blocks-reads-long because so many keys are no more on a larger table
ALTER TABLE customers ADD COLUMN company_name text;
CREATE FUNCTION copy_company() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.company_name := NEW.company; RETURN NEW; END $$;
CREATE TRIGGER copy_company BEFORE INSERT OR UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION copy_company();
UPDATE customers SET company_name = company WHERE company IS NOT NULL AND id BETWEEN 1 AND 1000;
