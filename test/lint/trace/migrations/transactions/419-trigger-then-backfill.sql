-- title: The trigger's lock keeps writers out during the update
CREATE FUNCTION docs_lang() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER docs_lang BEFORE INSERT ON docs FOR EACH ROW EXECUTE FUNCTION docs_lang();
UPDATE docs SET meta = meta || '{"seen": true}';
