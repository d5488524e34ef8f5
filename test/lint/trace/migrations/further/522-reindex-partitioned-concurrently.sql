-- since: 14
-- transaction: none
REINDEX TABLE CONCURRENTLY events;
