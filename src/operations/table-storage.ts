import { quoteIdentifier } from '../sql/identifier.ts'
import { doBlock } from '../sql/literal.ts'
import { columnOptions } from './column-options.ts'
import { definitions } from './index-copy.ts'
import type { Course } from './operation.ts'
import { regclass, type TableReference } from './relation.ts'

/** How a table is stored, as far as only the CREATE TABLE can say it that makes one like it. LIKE and PARTITION OF leave it out. */
export type TableStorage = {
  /** Follows CREATE. A partitioned table has none: PostgreSQL 18 refuses UNLOGGED there. */
  readonly persistence: 'UNLOGGED ' | ''
  /** USING and TABLESPACE, as they follow the columns and the bound; said always, as the session has defaults of its own. */
  readonly place: string
}

export function* storageOf(table: TableReference): Course<TableStorage> {
  const [found] = yield `SELECT relpersistence AS persistence, amname AS method, spcname AS tablespace
  FROM pg_class c JOIN pg_am a ON a.oid = relam JOIN pg_database d ON datname = current_database()
  JOIN pg_tablespace t ON t.oid = coalesce(nullif(reltablespace, 0), dattablespace)
  WHERE c.oid = ${regclass({ ...table, name: table.table })}`
  const name = (column: string) => quoteIdentifier(String(found?.[column]))
  return {
    persistence: found?.['persistence'] === 'u' ? 'UNLOGGED ' : '',
    place: `USING ${name('method')} TABLESPACE ${name('tablespace')}`,
  }
}

/**
 * Gives a partitioned table and its partitions the rest of how a table is stored, in the catalog alone: storage parameters,
 * those of the TOAST table too, replica identity, the index by which it is clustered, and what ANALYZE is told of its columns. An index finds its copy by its
 * definition, and the primary key by being that.
 */
export function carryStorage(from: TableReference, to: TableReference): string {
  const source = regclass({ ...from, name: from.table })
  return doBlock(`
DECLARE
  part record;
  command text;
BEGIN
  FOR part IN SELECT relid, isleaf FROM pg_partition_tree(${regclass({ ...to, name: to.table })}) LOOP
    FOR command IN
      SELECT format('ALTER TABLE %s SET (%s)', part.relid, string_agg(format('%s%I = %L', namespace, option_name, option_value), ', '))
      FROM pg_class c LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
      CROSS JOIN LATERAL (VALUES ('', c.reloptions), ('toast.', toast.reloptions)) stored (namespace, options)
      CROSS JOIN LATERAL pg_options_to_table(options)
      WHERE c.oid = ${source} AND part.isleaf HAVING count(*) > 0
      UNION ALL SELECT format('ALTER TABLE %s REPLICA IDENTITY %s', part.relid, CASE relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' ELSE 'DEFAULT' END)
      FROM pg_class WHERE oid = ${source} AND relreplident <> 'i'
      UNION ALL SELECT format('ALTER TABLE %s REPLICA IDENTITY USING INDEX %I', part.relid, name) FROM (${copies(source)}) i WHERE indisreplident
      UNION ALL SELECT format('ALTER TABLE %s CLUSTER ON %I', part.relid, name) FROM (${copies(source)}) i WHERE indisclustered AND part.isleaf
      UNION ALL SELECT format('ALTER TABLE ONLY %s ALTER COLUMN %I SET STATISTICS %s', part.relid, attname, attstattarget)
      FROM pg_attribute WHERE attrelid = ${source} AND attnum > 0 AND NOT attisdropped AND attstattarget >= 0
      UNION ALL SELECT format('ALTER TABLE ONLY %s ALTER COLUMN %I SET (%s)', part.relid, attname,
        (SELECT string_agg(format('%I = %L', option_name, option_value), ', ') FROM pg_options_to_table(${columnOptions('attoptions')})))
      FROM pg_attribute WHERE attrelid = ${source} AND attnum > 0 AND NOT attisdropped AND ${columnOptions('attoptions')} IS NOT NULL
    LOOP
      EXECUTE command;
    END LOOP;
  END LOOP;
END`)
}

/** The marks of the table's indexes, each with the name of its copy. */
function copies(source: string): string {
  return `SELECT DISTINCT ON (original.indexrelid) original.indisreplident, original.indisclustered, relname AS name
        FROM ${definitions(source)} original JOIN ${definitions('part.relid')} copy
          ON copy.indisprimary = original.indisprimary AND copy.indisunique = original.indisunique
          AND (copy.definition = original.definition OR original.indisprimary)
        JOIN pg_class c ON c.oid = copy.indexrelid ORDER BY original.indexrelid, copy.indexrelid`
}
