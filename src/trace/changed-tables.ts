import { isUsers } from '../catalog/scope.ts'
import type { Connection } from '../connection/connection.ts'
import { runPrepared } from '../connection/prepared.ts'
import { quoteLiteral } from '../sql/literal.ts'

/** A moment in the life of a database: what is written later is of a transaction after it. */
export type Moment = string

export async function moment(connection: Pick<Connection, 'run'>): Promise<Moment> {
  const [found] = await connection.run('SELECT pg_snapshot_xmax(pg_current_snapshot())::xid::text AS now')
  return String(found?.rows[0]?.['now'])
}

/**
 * The oids of tables of which something in the catalog is new since a moment: the table itself, its columns and their types, its constraints, triggers and
 * their functions, rules, policies, indexes. Each row of a catalog tells which transaction wrote it; what is gone refuses nothing.
 */
export async function changedTables(
  connection: Pick<Connection, 'run' | 'transaction'>,
  since: Moment,
): Promise<ReadonlySet<number>> {
  const values = [{ type: 'xid', literal: quoteLiteral(since) }]
  const [found = []] = await runPrepared(connection, [{ text: changedQuery(), values }])
  return new Set(found.map(({ oid }) => Number(oid)))
}

function changedQuery(): string {
  const isNew = (row: string) => `age(${row}.xmin) <= (SELECT age($1))`
  // The others are never changed, and they are most.
  const newOf = (catalog: string, whose: string) =>
    `SELECT o.${whose} FROM ${catalog} o WHERE ${isUsers(`o.${whose}`)} AND ${isNew('o')}`
  const parts = [
    newOf('pg_class', 'oid'),
    newOf('pg_constraint', 'conrelid'),
    newOf('pg_attribute', 'attrelid'),
    newOf('pg_attrdef', 'adrelid'),
    newOf('pg_rewrite', 'ev_class'),
    `SELECT i.indrelid FROM pg_index i WHERE ${isUsers('i.indexrelid')} AND ${isNew('i')}`,
    newOf('pg_policy', 'polrelid'),
    newOf('pg_inherits', 'inhparent'),
    `SELECT t.tgrelid FROM pg_trigger t LEFT JOIN pg_proc p ON p.oid = t.tgfoid AND ${isUsers('p.oid')} WHERE ${isNew('t')} OR ${isNew('p')}`,
    `SELECT a.attrelid FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE ${isUsers('a.attrelid')} AND ${isUsers('t.oid')} AND t.typelem = 0 AND t.typrelid = 0 AND (${isNew('t')}
       OR t.oid IN (SELECT o.contypid FROM pg_constraint o WHERE ${isUsers('o.contypid')} AND ${isNew('o')})
       OR t.oid IN (SELECT e.enumtypid FROM pg_enum e WHERE ${isNew('e')}))`,
    `SELECT o.conrelid FROM pg_depend d JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
       JOIN pg_constraint o ON d.classid = 'pg_constraint'::regclass AND o.oid = d.objid WHERE ${isUsers('p.oid')} AND ${isNew('p')}`,
  ]
  const changed = parts.join('\n    UNION ')
  // An insert comes by the name of the partitioned table.
  return `WITH RECURSIVE changed (oid) AS (${changed}),
    upwards (oid) AS (SELECT oid FROM changed UNION SELECT i.inhparent FROM upwards u JOIN pg_inherits i ON i.inhrelid = u.oid)
  SELECT oid::bigint AS oid FROM upwards WHERE ${isUsers('oid')}`
}
