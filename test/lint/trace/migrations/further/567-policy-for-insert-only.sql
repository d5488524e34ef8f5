-- title: The policy lets in, and shows nothing
ALTER TABLE docs ENABLE ROW LEVEL SECURITY;
CREATE POLICY docs_in ON docs FOR INSERT TO shop_app WITH CHECK (true);
