-- title: A new column, filled later in batches
ALTER TABLE users ADD COLUMN login_count_big bigint NOT NULL DEFAULT 0;
CREATE FUNCTION users_copy_login_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.login_count_big := NEW.login_count;
  RETURN NEW;
END $$;
CREATE TRIGGER users_copy_login_count BEFORE INSERT OR UPDATE OF login_count ON users
  FOR EACH ROW EXECUTE FUNCTION users_copy_login_count();
