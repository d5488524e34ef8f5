-- title: Old and new name side by side, the rows copied at once
ALTER TABLE users ADD COLUMN email_address varchar(255);
UPDATE users SET email_address = email;
CREATE OR REPLACE FUNCTION sync_user_email() RETURNS trigger AS $$
BEGIN
  IF NEW.email IS DISTINCT FROM OLD.email THEN
    NEW.email_address = NEW.email;
  ELSIF NEW.email_address IS DISTINCT FROM OLD.email_address THEN
    NEW.email = NEW.email_address;
  END IF;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER trg_sync_email BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION sync_user_email();
