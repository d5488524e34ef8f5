CREATE RULE settings_no_delete AS ON DELETE TO settings DO INSTEAD NOTHING;
