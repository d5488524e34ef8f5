-- schema: market.sql
-- rows: market-rows.sql
-- shown: market.sql
UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE migration_name = 'step_3' AND rolled_back_at IS NULL;
