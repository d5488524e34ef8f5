-- title: Each tenant its own rows; the old application does not say who it is
ALTER TABLE docs ENABLE ROW LEVEL SECURITY;
CREATE POLICY docs_own ON docs USING (owner_id = current_setting('app.user_id', true)::bigint);
