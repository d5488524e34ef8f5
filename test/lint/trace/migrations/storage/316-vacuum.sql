-- transaction: none
VACUUM (ANALYZE) orders;
