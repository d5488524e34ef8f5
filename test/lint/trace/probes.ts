import { newRows } from './application.ts'
import { quotedName } from './identifier.ts'
import type { Client } from './session.ts'

/** One query of the application of before, with a name that says what it does; or several in one, which are asked alone where that fails. */
export type Probe = { readonly name: string; readonly sql: string; readonly parts?: readonly Probe[] }

type Column = {
  readonly relation: string
  readonly kind: string
  readonly name: string
  readonly required: boolean
  readonly key: boolean
  readonly writable: boolean
}

/** What an application can ask of the database as it is now: of every relation, type, enum label, function and sequence. */
export async function probesOf(client: Client): Promise<readonly Probe[]> {
  const columns = await client.rows<Column>(columnsSql)
  const relations = Map.groupBy(columns, (column) => column.relation)
  const others = await client.rows<Probe>(otherProbesSql)
  return [...[...relations].flatMap(([relation, all]) => probesOfRelation(relation, all)), ...others]
}

function probesOfRelation(relation: string, columns: readonly Column[]): readonly Probe[] {
  const names = columns.map(({ name }) => name)
  const select = (selected: readonly string[]) =>
    `SELECT ${selected.map(quotedName).join(', ')} FROM ${quotedName(relation)} LIMIT 1`
  const selects = {
    name: `${relation} select`,
    sql: select(names),
    parts: names.map((name) => ({ name: `${relation} select ${name}`, sql: select([name]) })),
  }
  const row = newRows[relation]
  if (!row) return [selects]
  const writable = columns.filter((column) => column.writable)
  const required = writable.filter((column) => column.required)
  return [
    selects,
    { name: `${relation} insert`, sql: insertSql({ relation, columns: writable }) },
    { name: `${relation} insert required`, sql: insertSql({ relation, columns: required }) },
    updatesOf(relation, { first: names[0]!, set: writable.filter(({ key }) => !key) }),
  ]
}

/** Not of a primary key: a foreign key that is new would refuse that. */
function updatesOf(
  relation: string,
  columns: { readonly first: string; readonly set: readonly Column[] },
): Probe {
  const first = quotedName(columns.first)
  const update = (names: readonly string[]) =>
    `UPDATE ${quotedName(relation)} SET ${names.map((name) => `${quotedName(name)} = ${newRows[relation]?.[name]}`).join(', ')}
     WHERE ${first} = (SELECT ${first} FROM ${quotedName(relation)} ORDER BY 1 LIMIT 1)`
  const names = columns.set.map(({ name }) => name)
  return {
    name: `${relation} update`,
    sql: update(names),
    parts: names.map((name) => ({ name: `${relation} update ${name}`, sql: update([name]) })),
  }
}

function insertSql(insert: { readonly relation: string; readonly columns: readonly Column[] }): string {
  const names = insert.columns.map(({ name }) => name)
  const values = names.map((name) => newRows[insert.relation]?.[name])
  if (values.includes(undefined))
    throw new Error(`application.ts has no value for a column of ${insert.relation}.`)
  const into = quotedName(insert.relation)
  if (names.length === 0) return `INSERT INTO ${into} DEFAULT VALUES`
  return `INSERT INTO ${into} (${names.map(quotedName).join(', ')}) VALUES (${values.join(', ')})`
}

const columnsSql = `
  SELECT CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS relation,
    c.relkind AS kind, a.attname AS name, a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS required,
    EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND indisprimary AND a.attnum = ANY (indkey)) AS key,
    a.attgenerated = '' AND a.attidentity <> 'a' AS writable
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE n.nspname IN ('public', 'archive', 'audit') AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
    AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY 1, a.attnum`

const otherProbesSql = `
  SELECT 'type ' || typname AS name, format('SELECT NULL::%I', typname) AS sql
  FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd', 'c')
    AND NOT EXISTS (SELECT FROM pg_class WHERE oid = typrelid AND relkind <> 'c')
  UNION ALL
  SELECT 'enum ' || typname || ' ' || enumlabel, format('SELECT %L::%I', enumlabel, typname)
  FROM pg_enum JOIN pg_type t ON t.oid = enumtypid
  UNION ALL
  SELECT 'function ' || proname, format('SELECT %I(%s)', proname,
    (SELECT string_agg('NULL::' || format_type(type, NULL), ', ') FROM unnest(proargtypes) type))
  FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND prorettype <> 'trigger'::regtype
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
  UNION ALL
  SELECT 'sequence ' || relname, format('SELECT nextval(%L)', quote_ident(relname))
  FROM pg_class c WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'i')
  ORDER BY 1`

/**
 * The SQLSTATE of each probe that fails, by name; each is undone, in a transaction that is open. With rows they run as the application's role. Without,
 * nothing is there to refer to, so foreign keys and triggers are silent.
 */
export async function failuresOf(
  client: Client,
  { probes, withRows }: { readonly probes: readonly Probe[]; readonly withRows: boolean },
): Promise<ReadonlyMap<string, string>> {
  await client.run(`SAVEPOINT probing; ${probeFunction}`)
  await client.run(withRows ? 'SET LOCAL ROLE shop_app' : 'SET LOCAL session_replication_role = replica')
  const failures = await ask(client, probes)
  const parts = probes.flatMap((probe) => (failures.has(probe.name) ? (probe.parts ?? []) : []))
  const failuresOfParts = await ask(client, parts)
  await client.run('ROLLBACK TO SAVEPOINT probing')
  const whole = [...failures].filter(([name]) => !probes.some((probe) => probe.name === name && probe.parts))
  return new Map([...whole, ...failuresOfParts])
}

async function ask(client: Client, probes: readonly Probe[]): Promise<ReadonlyMap<string, string>> {
  const rows = await client.rows<{ name: string; state: string }>(
    `SELECT * FROM probing.probe(ARRAY[${probes.map(({ name }) => quoted(name)).join(',')}]::text[],
      ARRAY[${probes.map(({ sql }) => quoted(sql)).join(',')}]::text[])`,
  )
  return new Map(rows.map(({ name, state }) => [name, state]))
}

const probeFunction = `
  CREATE SCHEMA probing;
  GRANT USAGE ON SCHEMA probing TO PUBLIC;
  CREATE FUNCTION probing.probe(names text[], queries text[]) RETURNS TABLE (name text, state text) LANGUAGE plpgsql AS $$
  BEGIN
    FOR i IN 1 .. cardinality(queries) LOOP
      BEGIN
        EXECUTE queries[i];
        RAISE EXCEPTION 'undone' USING ERRCODE = 'ZZ001';
      EXCEPTION WHEN OTHERS THEN
        IF SQLSTATE <> 'ZZ001' THEN
          name := names[i];
          state := SQLSTATE;
          RETURN NEXT;
        END IF;
      END;
    END LOOP;
  END $$;`

/** How many rows the application's role sees through each name; what cannot be read has none. */
export async function visibleRows(client: Client): Promise<ReadonlyMap<string, number>> {
  const relations = await client.rows<{ relation: string }>(
    `SELECT DISTINCT relation FROM (${columnsSql}) readable ORDER BY 1`,
  )
  await client.run(`SAVEPOINT probing; ${countFunction} SET LOCAL ROLE shop_app`)
  const rows = await client.rows<{ name: string; rows: number }>(
    relations
      .map(
        ({ relation }) =>
          `SELECT ${quoted(relation)} AS name, probing.visible(${quoted(quotedName(relation))}) AS rows`,
      )
      .join(' UNION ALL '),
  )
  await client.run('ROLLBACK TO SAVEPOINT probing')
  return new Map(rows.flatMap(({ name, rows }) => (rows === null ? [] : [[name, rows]])))
}

const countFunction = `
  CREATE SCHEMA probing;
  GRANT USAGE ON SCHEMA probing TO PUBLIC;
  CREATE FUNCTION probing.visible(name text) RETURNS integer LANGUAGE plpgsql AS $$
  DECLARE result integer;
  BEGIN
    EXECUTE 'SELECT count(*) FROM ' || name INTO result;
    RETURN result;
  EXCEPTION WHEN OTHERS THEN RETURN NULL;
  END $$;`

export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
