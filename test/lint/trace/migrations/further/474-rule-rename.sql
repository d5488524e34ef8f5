ALTER RULE docs_keep_locked ON docs RENAME TO docs_no_delete_locked;
