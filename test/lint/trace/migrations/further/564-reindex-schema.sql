-- transaction: none
REINDEX SCHEMA public;
