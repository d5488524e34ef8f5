DROP STATISTICS orders_user_status;
