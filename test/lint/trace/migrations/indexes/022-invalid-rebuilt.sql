-- transaction: none
REINDEX INDEX CONCURRENTLY orders_coupon_code_idx;
