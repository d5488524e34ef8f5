ALTER TABLE docs DISABLE RULE docs_keep_locked;
