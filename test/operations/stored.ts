import { columnOptions } from '../../src/operations/column-options.ts'
import type { Bench } from './bench.ts'

/** How a table is stored, in the words of the catalog: what CREATE TABLE … (LIKE …) and … PARTITION OF leave out, and what they take along. */
export async function stored(bench: Bench, table: string): Promise<unknown> {
  const [found] =
    await bench.rows(`SELECT relpersistence AS persistence, amname AS method, spcname AS tablespace, relreplident AS identity, c.reloptions AS options,
  (SELECT reloptions FROM pg_class WHERE oid = c.reltoastrelid) AS toast,
  (SELECT to_json(array_agg(format('%s storage %s statistics %s options %s compression %s', attname, attstorage, nullif(attstattarget, -1),
    ${columnOptions('attoptions')}, to_jsonb(a) ->> 'attcompression') ORDER BY attnum))
    FROM pg_attribute a WHERE attrelid = c.oid AND attnum > 0) AS columns,
  (SELECT to_json(array_agg(CASE WHEN indisprimary THEN 'the key' ELSE indkey::text END)) FROM pg_index WHERE indrelid = c.oid AND indisreplident) AS identified,
  (SELECT to_json(array_agg(CASE WHEN indisprimary THEN 'the key' ELSE indkey::text END)) FROM pg_index WHERE indrelid = c.oid AND indisclustered) AS clustered
  FROM pg_class c JOIN pg_am a ON a.oid = relam LEFT JOIN pg_tablespace t ON t.oid = reltablespace WHERE c.oid = '${table}'::regclass`)
  return found
}

/** SQL by which a table that has columns id, at and note, and a primary key called after it, is stored otherwise. */
export function storages(table: string): readonly string[] {
  const alter = `ALTER TABLE ${table}`
  return [
    `${alter} SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, toast.autovacuum_enabled = false)`,
    `${alter} REPLICA IDENTITY FULL`,
    `${alter} REPLICA IDENTITY NOTHING`,
    `${alter} REPLICA IDENTITY USING INDEX ${table}_pkey; ${alter} CLUSTER ON ${table}_pkey`,
    `CREATE UNIQUE INDEX of_my_own ON ${table} (id, at); ${alter} REPLICA IDENTITY USING INDEX of_my_own; ${alter} CLUSTER ON of_my_own`,
    `${alter} SET UNLOGGED`,
    `${alter} ALTER note SET STATISTICS 7, ALTER note SET STORAGE external, ALTER id SET (n_distinct = 5)`,
    `DO $$BEGIN IF current_setting('server_version_num')::int >= 140000 THEN EXECUTE '${alter} ALTER note SET COMPRESSION pglz'; END IF; END$$`,
  ]
}
