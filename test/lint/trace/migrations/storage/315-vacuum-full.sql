-- transaction: none
VACUUM FULL audit_log;
