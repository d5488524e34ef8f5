ANALYZE users, orders;
