-- title: After the clean-up, in the same file
DELETE FROM audit_log WHERE id = 5;
VACUUM audit_log;
