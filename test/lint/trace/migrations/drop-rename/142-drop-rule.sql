DROP RULE docs_keep_locked ON docs;
