import { isUsers } from '../scope.ts'
import { isOurs, ledger } from './clauses.ts'
import { countedSince, writtenRows } from './written.ts'

/** Of what a relation's text may show the names, and which the relation does not bring itself. */
const namedIn = [
  'pg_enum',
  'pg_proc',
  'pg_operator',
  'pg_opclass',
  'pg_collation',
  'pg_ts_config',
  'pg_ts_dict',
  'pg_am',
]

/** These and what `apartParts` read; a new table writes to none of them. */
export const countedCatalogs = [
  ...namedIn,
  'pg_authid',
  'pg_namespace',
  'pg_tablespace',
  'pg_extension',
  'pg_event_trigger',
  'pg_cast',
  'pg_opfamily',
  'pg_amop',
  'pg_amproc',
  'pg_ts_config_map',
  'pg_ts_parser',
  'pg_ts_template',
  'pg_subscription',
  'pg_foreign_data_wrapper',
  'pg_foreign_server',
  'pg_user_mapping',
  'pg_default_acl',
  'pg_language',
  'pg_transform',
  'pg_conversion',
  'pg_largeobject_metadata',
]

/** Its text as a number says what the xmin says, and takes half the time of all. https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT */
const xminAsInteger = `(SELECT age('3'::xid)) - age(xmin)`

const rowsAndXmins = (source: string) =>
  `(SELECT count(*) || '.' || coalesce(sum(${xminAsInteger}), 0) FROM ${source})`

/** Every table writes to these catalogs. */
const always = [
  `pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'`,
  `pg_type WHERE ${isUsers('oid')} AND typelem = 0 AND typrelid = 0`,
].map(rowsAndXmins)

const summed = [
  `(SELECT md5(string_agg(oid || ' ' || rolname, ',' ORDER BY oid)) FROM pg_roles)`,
  `(SELECT md5(string_agg(oid || ' ' || spcname, ',' ORDER BY oid)) FROM pg_tablespace)`,
  ...[
    `pg_namespace WHERE ${isOurs('nspname')}`.replaceAll(ledger, "''"),
    ...namedIn.map((catalog) => `${catalog} WHERE ${isUsers('oid')}`),
  ].map(rowsAndXmins),
]

const counted = [
  countedSince,
  `(SELECT sum(${writtenRows('catalog')}) FROM unnest(ARRAY[${countedCatalogs.map((catalog) => `'${catalog}'`).join(', ')}]::regclass[]) catalog)`,
]

/**
 * What else the text of a relation may show: the names of types, functions, roles and so on. NULL where a name may hide another, so that a new
 * relation can change how one that nobody has touched is written. `isCounted`: by PostgreSQL's own count of what was written, which takes less time,
 * and then it is another too where anything of no relation is; NULL where it does not count.
 */
export function surroundingsQuery(isCounted: boolean): string {
  const [condition, parts] = isCounted
    ? [`AND ${countedSince} IS NOT NULL`, [...always, ...counted]]
    : ['', [...always, ...summed]]
  return `SELECT CASE WHEN cardinality(current_schemas(false)) <= 1
  AND NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = pg_my_temp_schema()) ${condition}
  THEN concat_ws(' ', current_schemas(false),
  ${parts.join(',\n  ')}) END AS surroundings`
}
