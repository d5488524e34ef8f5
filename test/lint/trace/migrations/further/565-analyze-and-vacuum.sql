-- transaction: none
VACUUM (ANALYZE) orders, users;
ANALYZE events;
