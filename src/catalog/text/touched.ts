import { quoteLiteral } from '../../sql/literal.ts'
import { firstUserOid, isOurs, ledger } from './clauses.ts'

/**
 * For each relation how many rows the catalogs have of it and its indexes, and the sum of their xmin. What writes a row gives it an xmin that is
 * greater than all before it; so there is not one write after which both are what they were.
 * https://www.postgresql.org/docs/current/ddl-system-columns.html
 */
export function marksQuery(ledgerSchema: string): string {
  const rows = ofRelations.map((source) => `SELECT ${source}`).join('\nUNION ALL ')
  return `SELECT c.oid AS relation, n.nspname || '.' || c.relname AS name, rows_and_xmins AS mark
FROM (SELECT relation, count(*) || ' ' || sum(${xminAsInteger}) AS rows_and_xmins FROM (${rows}) written GROUP BY relation) marks
JOIN pg_class c ON c.oid = relation JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind NOT IN ('i', 'I', 't') AND ${isOurs('n.nspname')}`.replaceAll(
    ledger,
    quoteLiteral(ledgerSchema),
  )
}

/** Its text as a number says the same and takes half the time of all. https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT */
const xminAsInteger = `(SELECT age('3'::xid)) - age(xmin)`

const user = (oid: string) => `${oid} >= ${firstUserOid}`

/** Whose each row is, and the row's xmin. */
const ofRelations = [
  `oid AS relation, xmin FROM pg_class WHERE ${user('oid')} AND relkind NOT IN ('i', 'I', 't')`,
  `indrelid, xmin FROM pg_index WHERE ${user('indexrelid')}`,
  `indrelid, c.xmin FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE ${user('indexrelid')}`,
  `coalesce(indrelid, attrelid), a.xmin FROM pg_attribute a LEFT JOIN pg_index ON indexrelid = attrelid
    WHERE ${user('attrelid')} AND attnum > 0`,
  `coalesce(indrelid, objoid), d.xmin FROM pg_description d LEFT JOIN pg_index ON indexrelid = objoid
    WHERE classoid = 'pg_class'::regclass AND ${user('objoid')}`,
  'adrelid, xmin FROM pg_attrdef',
  `conrelid, xmin FROM pg_constraint WHERE ${user('conrelid')}`,
  'tgrelid, xmin FROM pg_trigger',
  'inhrelid, xmin FROM pg_inherits',
  'partrelid, xmin FROM pg_partitioned_table',
  'seqrelid, xmin FROM pg_sequence',
  // The column that owns a sequence is written nowhere else.
  `seqrelid, d.xmin FROM pg_sequence JOIN pg_depend d ON classid = 'pg_class'::regclass AND objid = seqrelid AND deptype IN ('a', 'i')`,
]

/**
 * What else the text of a relation may show: the names of types, functions, roles and so on. NULL where a name may hide another, so that a new
 * relation can change how one that nobody has touched is written.
 */
export const surroundingsQuery = `SELECT CASE WHEN cardinality(current_schemas(false)) <= 1
  AND NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = pg_my_temp_schema()) THEN concat_ws(' ', current_schemas(false),
  (SELECT md5(string_agg(oid || ' ' || rolname, ',' ORDER BY oid)) FROM pg_roles),
  (SELECT md5(string_agg(oid || ' ' || spcname, ',' ORDER BY oid)) FROM pg_tablespace),
  ${[
    `pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'`,
    `pg_namespace WHERE ${isOurs('nspname')}`,
    `pg_type WHERE ${user('oid')} AND typelem = 0 AND typrelid = 0`,
    ...[
      'pg_enum',
      'pg_proc',
      'pg_operator',
      'pg_opclass',
      'pg_collation',
      'pg_ts_config',
      'pg_ts_dict',
      'pg_am',
    ].map((catalog) => `${catalog} WHERE ${user('oid')}`),
  ]
    .map((source) => `(SELECT count(*) || '.' || coalesce(sum(${xminAsInteger}), 0) FROM ${source})`)
    .join(',\n  ')}) END AS surroundings`.replaceAll(ledger, "''")
