-- title: Each tenant its rows, and the application does not say yet which tenant it is
ALTER TABLE docs ENABLE ROW LEVEL SECURITY;
CREATE POLICY docs_own ON docs USING (owner_id = nullif(current_setting('app.user_id', true), '')::bigint);
