import type { Bench } from './bench.ts'

/** What an application of now may use, as PostgreSQL's catalog knows it: a line each. */
export type Usable = {
  /** Names that it may say, and values that it may leave out. */
  readonly offered: readonly string[]
  /** What its writes are held against. */
  readonly demanded: readonly Demand[]
}

/** On a relation or a domain; of which columns, where it is of some. */
type Demand = { readonly relation: string; readonly columns: readonly string[]; readonly line: string }

const own = (schema: string) =>
  `${schema} NOT LIKE 'pg\\_%' AND ${schema} NOT IN ('information_schema', 'limbeck')`

const offered = `
WITH relation AS (
  SELECT c.oid, c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
  WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${own('nspname')})
SELECT format('relation %s', name) AS line FROM relation
UNION ALL SELECT format('column %s.%I of type %s', name, attname, format_type(atttypid, atttypmod))
FROM relation JOIN pg_attribute ON attrelid = oid WHERE attnum > 0 AND NOT attisdropped
UNION ALL SELECT format('may be null: %s.%I', name, attname)
FROM relation JOIN pg_attribute ON attrelid = oid WHERE attnum > 0 AND NOT attisdropped AND NOT attnotnull
UNION ALL SELECT format('has a default: %s.%I', name, attname)
FROM relation JOIN pg_attribute ON attrelid = oid WHERE attnum > 0 AND NOT attisdropped AND (atthasdef OR attidentity <> '')
UNION ALL SELECT format('inserts without a new column: %s', name) FROM relation
UNION ALL SELECT format('rows of %s are in %s', inhrelid::regclass, inhparent::regclass) FROM pg_inherits JOIN relation ON oid = inhrelid
UNION ALL SELECT format('sees every row: %s', relation.name) FROM relation JOIN pg_class USING (oid) WHERE NOT relrowsecurity
UNION ALL SELECT format('is not empty: %s', relation.name) FROM relation JOIN pg_class USING (oid) WHERE relispopulated
UNION ALL SELECT format('arbiter of %s: %s', conrelid::regclass, conname) FROM pg_constraint JOIN relation ON relation.oid = conrelid WHERE contype IN ('u', 'p', 'x')
UNION ALL SELECT format('arbiter of %s: %s %s', indrelid::regclass, indkey, indexprs) FROM pg_index WHERE indisunique
UNION ALL SELECT format('permissive policy of %s: %s %s %s', polrelid::regclass, polcmd, polroles, polqual) FROM pg_policy WHERE polpermissive
UNION ALL SELECT format('routine %s', p.oid::regprocedure) FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace WHERE ${own('nspname')}
UNION ALL SELECT format('type %s', format_type(t.oid, NULL)) FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace
  WHERE ${own('nspname')} AND typtype IN ('e', 'd', 'r', 'b')
UNION ALL SELECT format('domain takes NULL: %s', format_type(oid, NULL)) FROM pg_type WHERE typtype = 'd' AND NOT typnotnull
UNION ALL SELECT format('domain has a default: %s', format_type(oid, NULL)) FROM pg_type WHERE typtype = 'd' AND typdefault IS NOT NULL
UNION ALL SELECT format('attribute %s.%I of type %s', c.oid::regclass, attname, format_type(atttypid, atttypmod))
FROM pg_class c JOIN pg_attribute ON attrelid = c.oid WHERE relkind = 'c' AND NOT attisdropped
UNION ALL SELECT format('label %L of %s', enumlabel, enumtypid::regtype) FROM pg_enum
UNION ALL SELECT format('schema %I', nspname) FROM pg_namespace WHERE ${own('nspname')}
UNION ALL SELECT format('extension %I', extname) FROM pg_extension
UNION ALL SELECT format('operator %s', o.oid::regoperator) FROM pg_operator o JOIN pg_namespace n ON n.oid = oprnamespace WHERE ${own('nspname')}
UNION ALL SELECT format('cast %s %s', castsource::regtype, casttarget::regtype) FROM pg_cast WHERE pg_cast.oid >= 16384
UNION ALL SELECT format('collation %I', collname) FROM pg_collation c JOIN pg_namespace n ON n.oid = collnamespace WHERE ${own('nspname')}
UNION ALL SELECT format('conversion %I', conname) FROM pg_conversion c JOIN pg_namespace n ON n.oid = connamespace WHERE ${own('nspname')}
UNION ALL SELECT format('language %I', lanname) FROM pg_language
UNION ALL SELECT format('text search %I', cfgname) FROM pg_ts_config WHERE oid >= 16384
UNION ALL SELECT format('text search dictionary %I', dictname) FROM pg_ts_dict WHERE oid >= 16384
UNION ALL SELECT format('text search parser %I', prsname) FROM pg_ts_parser WHERE oid >= 16384
UNION ALL SELECT format('text search template %I', tmplname) FROM pg_ts_template WHERE oid >= 16384
UNION ALL SELECT format('user mapping %s', umid) FROM pg_user_mappings
UNION ALL SELECT format('server %I', srvname) FROM pg_foreign_server
UNION ALL SELECT format('privilege %s of %s on %s', privilege_type, grantee, c.oid::regclass)
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace CROSS JOIN aclexplode(relacl) WHERE ${own('nspname')} AND grantee <> relowner`

/** Not when it is checked, and whether it has been of old rows: nobody's writes depend on that. */
const rule =
  "regexp_replace(pg_get_constraintdef(oid), ' DEFERRABLE| INITIALLY DEFERRED| NOT VALID', '', 'g')"

const demanded = `
SELECT conrelid::regclass::text AS relation, to_json(ARRAY(SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey))) AS columns,
  ${rule} AS line FROM pg_constraint WHERE contype IN ('c', 'f', 'x') AND conrelid <> 0 AND pg_get_constraintdef(oid) !~ 'NOT ENFORCED$'
UNION ALL SELECT indrelid::regclass::text, to_json(ARRAY(SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = indrelid AND attnum = ANY (indkey))),
  format('unique %s %s %s', indkey, indexprs, indpred) FROM pg_index WHERE indisunique
UNION ALL SELECT polrelid::regclass::text, '[]', format('restrictive policy %s %s', polqual, polwithcheck) FROM pg_policy WHERE NOT polpermissive
UNION ALL SELECT contypid::regtype::text, '[]', ${rule} FROM pg_constraint WHERE contypid <> 0
UNION ALL SELECT attrelid::regclass::text, '[]', format('%I has to be given', attname) FROM pg_attribute
  WHERE attnum > 0 AND NOT attisdropped AND attnotnull AND NOT atthasdef AND attidentity = ''`

export async function usable(bench: Bench): Promise<Usable> {
  const names = await bench.rows(offered)
  const held = await bench.rows(demanded)
  return {
    offered: names.map((row) => String(row['line'])),
    demanded: held as unknown as readonly Demand[],
  }
}

/** What the application of before finds no more, and what of its writes is refused since: nothing, and it goes on as it did. */
export function takenAway(before: Usable, after: Usable): readonly string[] {
  const gone = before.offered.filter((line) => !after.offered.includes(line))
  const held = new Set(before.demanded.map(demandText))
  const narrower = after.demanded.filter(
    (demand) => !held.has(demandText(demand)) && isOnKnown(demand, before),
  )
  return [...gone, ...narrower.map(demandText)]
}

function demandText({ relation, line }: Demand): string {
  return `${relation}: ${line}`
}

/** Whether the application of before writes there: what has only new columns, it never writes. */
function isOnKnown({ relation, columns }: Demand, { offered: known }: Usable): boolean {
  if (!known.includes(`relation ${relation}`) && !known.includes(`type ${relation}`)) return false
  return (
    columns.length === 0 ||
    columns.some((column) => known.some((line) => line.startsWith(`column ${relation}.${column} `)))
  )
}

/** Operations that take something away which the application of before does not miss, and why it does not. */
export const bearable: ReadonlyMap<string, string> = new Map([
  ['expandCheck', 'a trigger mends what it writes'],
  ['expandColumn', 'triggers fill the new columns of its rows'],
  ['expandKey', 'triggers fill the new columns of its rows'],
  ['expandTable', 'the view takes its writes to the table, with the defaults and the keys of that'],
])

/** Operations of which the catalog of an example shows nothing that is missed, and why they are contracts still. */
export const cautious: ReadonlyMap<string, string> = new Map([
  ['alterColumn', 'the values of a generated column are others'],
  ['alterConstraint', 'when a constraint is checked is not looked at'],
  ['createPrimaryKey', 'it makes its columns NOT NULL where they are not'],
  ['dropOperatorClass', 'CASCADE takes what nobody has named'],
  ['dropOperatorFamily', 'CASCADE takes what nobody has named'],
  ['dropPartitions', 'the partitions of the example are gone already'],
  ['renameConstraint', 'ON CONFLICT ON CONSTRAINT names it where it is a key'],
  ['revoke', 'only the privileges on relations are looked at'],
])
