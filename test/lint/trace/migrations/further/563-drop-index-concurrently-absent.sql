-- transaction: none
DROP INDEX CONCURRENTLY IF EXISTS no_such_idx;
