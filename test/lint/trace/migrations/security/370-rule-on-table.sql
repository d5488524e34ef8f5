-- classes: +breaks-old-code because deletes of the application of before do nothing, without an error
CREATE RULE settings_no_delete AS ON DELETE TO settings DO INSTEAD NOTHING;
