import { quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { inlineSql } from '../sql/tag.ts'
import { columnOptions } from './column-options.ts'
import { carryOver } from './expand-carry.ts'
import { createSync, dropSync } from './expand-sync.ts'
import { trialSql } from './expand-trial.ts'
import {
  type Expansion,
  expansionKey,
  expansionOf,
  isUnfilled,
  newColumnClause,
  newColumns,
  newNames,
  oldNames,
  sameValue,
  titleOf,
  upward,
} from './expansion.ts'
import { type Operation, operation, type Statement, type Step, statement, undoneBy } from './operation.ts'
import { inSchema, lockOn, regclass, tableName } from './relation.ts'

export type ExpandColumn = Expansion & {
  /**
   * How many rows whose new value cannot be made may be set aside in `limbeck.backfill_failure` before the run stops.
   * Default: 0. The contract is refused as long as there is one.
   */
  readonly failedRows?: number
}

export type RetractColumn = Expansion

/**
 * The first half of a change of columns under traffic: a new name, another type, the parts of one, one made of several.
 * Adds the new columns, and triggers that keep old and new in step whichever of them is written, in one short
 * transaction; then fills the new ones in batches. Where these have expressions or another type, every row is tried first. A column that only gets another name or type has the same value, so it
 * also gets the old one's indexes and unique constraints, built concurrently, its foreign keys and checks, added NOT VALID
 * and validated, its NOT NULL by a validated check, its comment, grants and statistics target. What has expressions of its
 * own has a meaning of its own, and its indexes and constraints are the revision's to say, unless it says `carry`. From then
 * on the old and the new application work side by side, until `contractColumn`. Where one statement writes both, the new
 * columns count.
 * https://www.postgresql.org/docs/current/sql-createtrigger.html
 */
export const expandColumn: Operation<'expandColumn', ExpandColumn> = operation('expandColumn', {
  title: (fields) => `expand column ${titleOf(fields)}`,
  steps: (fields) => [
    ...undoneBy([], trial(fields)),
    ...undoneBy(
      retraction(fields),
      [addColumns(fields), ...createSync(fields)].map((sql) => statement(sql)),
    ),
    fill(fields),
    // The new columns take it along.
    ...undoneBy([], carryOver(fields)),
  ],
  inverse: (fields) => [retractColumn(expansionOf(fields))],
  makes: (fields) => newNames(fields).map((column) => ({ ...inSchema(fields), table: fields.table, column })),
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255) NOT NULL UNIQUE, deleted boolean);
        CREATE INDEX users_email_lower_idx ON users (lower(email)) WHERE NOT deleted;
        INSERT INTO users SELECT n, n || '@example.com', false FROM generate_series(1, 100) n`,
      fields: { table: 'users', from: 'email', to: 'email_address' },
    },
    {
      given: `CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric NOT NULL CHECK (amount >= 0));
        INSERT INTO orders VALUES (1, 12.5)`,
      fields: {
        table: 'orders',
        from: 'amount',
        to: { name: 'cents', type: 'bigint', up: { sql: ['(amount * 100)::bigint'], values: [] } },
        down: { amount: { sql: ['cents / 100.0'], values: [] } },
      },
    },
    {
      given: `CREATE TYPE state AS ENUM ('active', 'suspended', 'inactive');
        CREATE TYPE state_now AS ENUM ('active', 'inactive');
        CREATE TABLE accounts (id bigint PRIMARY KEY, status state NOT NULL);
        CREATE INDEX accounts_status_idx ON accounts (status);
        INSERT INTO accounts VALUES (1, 'active'), (2, 'suspended')`,
      fields: {
        table: 'accounts',
        from: 'status',
        to: {
          name: 'status_now',
          type: 'state_now',
          up: {
            sql: ["(CASE status WHEN 'suspended' THEN 'inactive' ELSE status::text END)::state_now"],
            values: [],
          },
        },
        down: { status: { sql: ['status_now::text::state'], values: [] } },
        carry: true,
      },
    },
    {
      given: `CREATE SCHEMA app; CREATE TABLE app.people (id uuid PRIMARY KEY, name text);
        INSERT INTO app.people VALUES ('7a8f9b1e-3c5d-4e2f-8a6b-0c1d2e3f4a5b', 'Ada Lovelace')`,
      fields: {
        schema: 'app',
        table: 'people',
        from: 'name',
        to: [
          { name: 'first', type: 'text', up: { sql: ["split_part(name, ' ', 1)"], values: [] } },
          { name: 'last', type: 'text', up: { sql: ["substr(name, strpos(name, ' ') + 1)"], values: [] } },
        ],
        down: { name: { sql: ["concat_ws(' ', first, last)"], values: [] } },
      },
    },
  ],
})

/**
 * Takes `expandColumn` back, in one short transaction: the triggers and the new columns go. The old columns have been
 * complete all along, so nothing is lost that they can hold.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const retractColumn: Operation<'retractColumn', RetractColumn> = operation('retractColumn', {
  title: (fields) => `retract column ${titleOf(fields)}`,
  steps: retraction,
  inverse: (fields) => [expandColumn(fields)],
  phase: () => 'contract',
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id bigint PRIMARY KEY, email text, email_address text);
        ${createSync({ table: 'users', from: 'email', to: 'email_address' }).join(';\n')}`,
      fields: { table: 'users', from: 'email', to: 'email_address' },
    },
  ],
})

function retraction(expansion: Expansion): readonly Statement[] {
  const columns = newNames(expansion).map((name) => `DROP COLUMN ${quoteIdentifier(name)}`)
  return [
    ...dropSync(expansion),
    ...dropForeignKeyCopies(expansion),
    `ALTER TABLE ${tableName(expansion)} ${columns.join(', ')}`,
  ].map((sql) => statement(sql))
}

/** Rows that cannot be done are meant to be set aside where some may be. */
function trial(fields: ExpandColumn): readonly Statement[] {
  const sql = (fields.failedRows ?? 0) > 0 ? null : trialSql(fields)
  return sql === null ? [] : [statement(sql, 'own', 'try every row')]
}

/** The new columns, after a look at the old ones. One that is renamed has the type that the catalog says the old one has. */
function addColumns(expansion: Expansion): string {
  const table = tableName(expansion)
  const relation = regclass({ ...expansion, name: expansion.table })
  return doBlock(`
DECLARE
  source record;
  command text;
BEGIN
  LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE;
  FOR source IN
    SELECT name, attrelid, attnum, format_type(atttypid, atttypmod) AS type, attgenerated, attstattarget, ${columnOptions('attoptions')} AS options, attacl,
      col_description(attrelid, attnum) AS remark,
      CASE WHEN attcollation <> typcollation THEN format(' COLLATE %s', attcollation::regcollation) END AS collation
    FROM unnest(ARRAY[${oldNames(expansion).map(quoteLiteral).join(', ')}]) AS name
    LEFT JOIN pg_attribute ON attrelid = ${relation} AND attname = name AND NOT attisdropped
    LEFT JOIN pg_type ON pg_type.oid = atttypid
  LOOP
    IF source.attnum IS NULL THEN
      RAISE EXCEPTION 'there is no column %.%', ${quoteLiteral(expansion.table)}, source.name USING ERRCODE = 'undefined_column';
    END IF;
    IF source.attgenerated <> '' THEN
      RAISE EXCEPTION '%.% is a generated column, which cannot be expanded', ${quoteLiteral(expansion.table)}, source.name
        USING ERRCODE = 'feature_not_supported';
    END IF;
  END LOOP;
  ${addition(expansion)}
${carryProperties(expansion)}
END`)
}

/** A column that is only renamed has the type and the collation that the catalog says the old one has. */
function addition(expansion: Expansion): string {
  const alter = `ALTER TABLE ${tableName(expansion)} `
  if (typeof expansion.to === 'string') {
    const add = quoteLiteral(`${alter}ADD COLUMN ${quoteIdentifier(expansion.to)} `)
    return `EXECUTE ${add} || source.type || coalesce(source.collation, '');`
  }
  const actions = newColumns(expansion).map((column) => `ADD COLUMN ${newColumnClause(column)}`)
  return `${alter}${actions.join(', ')};`
}

/** What is said of a column and costs nothing, for the new one of the same value. */
function carryProperties(expansion: Expansion): string {
  const same = sameValue(expansion)
  if (same === null) return ''
  const table = tableName(expansion)
  const column = quoteIdentifier(same.to)
  const alter = quoteLiteral(`ALTER TABLE ${table} ALTER COLUMN ${column} SET `)
  return `
  EXECUTE ${quoteLiteral(`COMMENT ON COLUMN ${table}.${column} IS `)} || quote_nullable(source.remark);
  IF source.attstattarget >= 0 THEN
    EXECUTE ${alter} || 'STATISTICS ' || source.attstattarget;
  END IF;
  IF source.options IS NOT NULL THEN
    EXECUTE ${alter} || '(' || array_to_string(source.options, ', ') || ')';
  END IF;
  FOR command IN
    SELECT format('GRANT %s (%I) ON %s TO %s%s', privilege_type, ${quoteLiteral(same.to)}, ${quoteLiteral(table)},
      CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
      CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM aclexplode(source.attacl)
  LOOP
    EXECUTE command;
  END LOOP;`
}

function fill(fields: ExpandColumn): Step {
  const where = isUnfilled(fields)
  const assignments = Object.entries(upward(fields)).map(([name, value]) => `${name} = ${inlineSql(value)}`)
  return {
    run: 'backfill',
    part: 'fill',
    backfill: {
      title: `${fields.table}.${newNames(fields).join(', ')}`,
      ...inSchema(fields),
      table: fields.table,
      where,
      work: { type: 'set', set: upward(fields) },
      preview: `UPDATE ${fields.table} SET ${assignments.join(', ')} WHERE ${inlineSql(where)}`,
      sessions: 1,
      failedRows: fields.failedRows ?? 0,
      settings: { 'limbeck.expand': expansionKey(fields) },
    },
  }
}

/** A foreign key that points to a new column stands in its way. Only the copy of one that points to the old column is Limbeck's. */
function dropForeignKeyCopies(expansion: Expansion): readonly string[] {
  const same = sameValue(expansion)
  if (same === null || typeof expansion.to === 'string') return []
  const relation = regclass({ ...expansion, name: expansion.table })
  const number = (name: string) =>
    `(SELECT attnum FROM pg_attribute WHERE attrelid = ${relation} AND attname = ${quoteLiteral(name)})`
  const original = (keys: string, relid: string) =>
    `CASE WHEN copy.${relid} = ${relation} THEN array_replace(copy.${keys}, fresh, old) ELSE copy.${keys} END`
  return [
    doBlock(`
DECLARE
  old smallint := ${number(same.from)};
  fresh smallint := ${number(same.to)};
  command text;
BEGIN
  FOR command IN
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', copy.conrelid::regclass, copy.conname) FROM pg_constraint copy
    WHERE copy.contype = 'f' AND copy.confrelid = ${relation} AND fresh = ANY (copy.confkey) AND EXISTS (
      SELECT 1 FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid = copy.conrelid AND k.confrelid = copy.confrelid
        AND k.conkey = ${original('conkey', 'conrelid')} AND k.confkey = ${original('confkey', 'confrelid')})
  LOOP
    EXECUTE command;
  END LOOP;
END`),
  ]
}
