-- title: Documents are not to be changed any more, silently
-- classes: +breaks-old-code because updates of the application of before do nothing, without an error
CREATE OR REPLACE RULE docs_no_update AS ON UPDATE TO docs DO INSTEAD NOTHING;
