-- transaction: none
DROP INDEX CONCURRENTLY IF EXISTS products_title_idx;
