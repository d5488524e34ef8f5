ALTER TABLE docs ADD CONSTRAINT docs_title_key UNIQUE (title);
