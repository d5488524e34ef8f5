import { derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, dollarQuote, quoteLiteral } from '../sql/literal.ts'
import { id, sql } from '../sql/tag.ts'
import { copyIndexesProcedure } from './index-copy.ts'
import { type Operation, operation, type Statement, statement } from './operation.ts'
import { inSchema, lockOn, regclass, type TableReference, tableName } from './relation.ts'

export type ExpandColumn = TableReference & {
  /** The column that the old application uses. */
  readonly from: string
  /** The column's new name, which is added and kept equal. */
  readonly to: string
}

export type ContractColumn = ExpandColumn & {
  /** Which of the two stays: `to` ends the rename, `from` takes it back. Default: `to`. */
  readonly keep?: 'to' | 'from'
}

/**
 * The first half of renaming a column under traffic: adds the new column with the old one's type, and triggers that
 * keep the two equal whichever of them is written, in one short transaction; then copies the old values in batches, builds the old column's
 * indexes and unique constraints for the new one concurrently, and sets NOT NULL by a validated check if the old one
 * has it. From then on the old and the new application work side by side, until `contractColumn`. Where one statement
 * writes different values to both, the new column's counts. https://www.postgresql.org/docs/current/sql-createtrigger.html
 */
export const expandColumn: Operation<'expandColumn', ExpandColumn> = operation('expandColumn', {
  title: (fields) => `expand column ${fields.table}.${fields.from} to ${fields.to}`,
  steps: (fields) => [
    addTwin(fields),
    ...createSync(fields),
    {
      run: 'backfill',
      backfill: {
        title: `${fields.table}.${fields.to}`,
        ...inSchema(fields),
        table: fields.table,
        where: sql`${id(fields.to)} IS DISTINCT FROM ${id(fields.from)}`,
        work: { type: 'set', set: { [fields.to]: id(fields.from) } },
        preview: `UPDATE ${fields.table} SET ${fields.to} = ${fields.from} WHERE ${fields.to} IS DISTINCT FROM ${fields.from}`,
        sessions: 1,
        failedRows: 0,
        settings: { 'limbeck.expand': expansion(fields) },
      },
    },
    copyIndexesProcedure(fields),
    ...keepNotNull(fields),
  ],
  inverse: (fields) => [contractColumn({ ...fields, keep: 'from' })],
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id bigint PRIMARY KEY, email varchar(255) NOT NULL UNIQUE, deleted boolean);
        CREATE INDEX users_email_lower_idx ON users (lower(email)) WHERE NOT deleted;
        INSERT INTO users SELECT n, n || '@example.com', false FROM generate_series(1, 100) n`,
      fields: { table: 'users', from: 'email', to: 'email_address' },
    },
    {
      given: 'CREATE SCHEMA app; CREATE TABLE app.users (id uuid PRIMARY KEY, nick text COLLATE "C")',
      fields: { schema: 'app', table: 'users', from: 'nick', to: 'nickname' },
    },
  ],
})

/**
 * The second half: checks that the two columns are equal in every row, then drops the triggers and the old column in
 * one short transaction; the new one takes over its default. With `keep: 'from'` it undoes `expandColumn` instead.
 * Run it when no application uses the dropped name any more.
 */
export const contractColumn: Operation<'contractColumn', ContractColumn> = operation('contractColumn', {
  title: (fields) => `contract column ${fields.table}.${fields.from} and ${fields.to} to ${kept(fields)}`,
  // Taking it back loses nothing: the old column has been complete all along.
  steps: (fields) => [...(fields.keep === 'from' ? [] : [checkEqual(fields)]), ...dropTwin(fields)],
  inverse: (fields) =>
    fields.keep === 'from'
      ? [expandColumn({ ...inSchema(fields), table: fields.table, from: fields.from, to: fields.to })]
      : {
          irreversible: `The column ${fields.from} is gone; expandColumn from ${fields.to} to ${fields.from} makes it again.`,
        },
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id bigint, email text DEFAULT 'none', email_address text);
        CREATE FUNCTION limbeck_sync_users_email_email_address() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
        CREATE TRIGGER limbeck_sync_insert_users_email_email_address BEFORE INSERT ON users
          FOR EACH ROW EXECUTE FUNCTION limbeck_sync_users_email_email_address();
        CREATE TRIGGER limbeck_sync_update_users_email_email_address BEFORE UPDATE ON users
          FOR EACH ROW EXECUTE FUNCTION limbeck_sync_users_email_email_address()`,
      fields: { table: 'users', from: 'email', to: 'email_address' },
    },
  ],
})

function kept(fields: ContractColumn): string {
  return fields.keep === 'from' ? fields.from : fields.to
}

/** The new column, with the type that the catalog says the old one has. */
function addTwin(fields: ExpandColumn): Statement {
  const table = tableName(fields)
  const relation = regclass({ ...fields, name: fields.table })
  const source = quoteLiteral(`${fields.table}.${fields.from}`)
  return statement(
    doBlock(`
DECLARE
  source record;
BEGIN
  LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE;
  SELECT attnum, format_type(atttypid, atttypmod) AS type, attidentity::text || attgenerated::text AS made,
    CASE WHEN attcollation <> typcollation THEN format(' COLLATE %s', attcollation::regcollation) END AS collation
  INTO source FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
  WHERE attrelid = ${relation} AND attname = ${quoteLiteral(fields.from)} AND NOT attisdropped;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no column %', ${source} USING ERRCODE = 'undefined_column';
  END IF;
  IF source.made <> '' THEN
    RAISE EXCEPTION '% is an identity or generated column, which cannot be expanded', ${source}
      USING ERRCODE = 'feature_not_supported';
  END IF;
  IF EXISTS (SELECT 1 FROM pg_constraint WHERE contype IN ('p', 'f', 'c', 'x')
    AND (conrelid = ${relation} AND source.attnum = ANY (conkey) OR confrelid = ${relation} AND source.attnum = ANY (confkey)))
  THEN
    RAISE EXCEPTION '% is in a primary key, foreign key, check or exclusion, which expandColumn does not carry over', ${source}
      USING ERRCODE = 'feature_not_supported';
  END IF;
  EXECUTE ${quoteLiteral(`ALTER TABLE ${table} ADD COLUMN ${quoteIdentifier(fields.to)} `)} || source.type || coalesce(source.collation, '');
END`),
  )
}

/** By this the triggers know the writes of their own backfill; those of any other are the application's to them. */
function expansion({ schema = '', table, from, to }: ExpandColumn): string {
  return JSON.stringify([schema, table, from, to])
}

function createSync(fields: ExpandColumn): readonly Statement[] {
  const { sync, onInsert, onUpdate } = syncNames(fields)
  const [table, from, to] = [tableName(fields), quoteIdentifier(fields.from), quoteIdentifier(fields.to)]
  return [
    statement(
      `CREATE FUNCTION ${sync}() RETURNS trigger LANGUAGE plpgsql AS ${dollarQuote(`
BEGIN
  IF TG_OP = 'INSERT' THEN
    -- The new column has no default until the contract, so a value in it was written by the new application.
    IF NEW.${to} IS NOT NULL THEN NEW.${from} := NEW.${to}; ELSE NEW.${to} := NEW.${from}; END IF;
  ELSIF NEW.${to} IS DISTINCT FROM OLD.${to} THEN
    NEW.${from} := NEW.${to};
  ELSE
    NEW.${to} := NEW.${from};
  END IF;
  RETURN NEW;
END
`)}`,
    ),
    statement(`CREATE TRIGGER ${onInsert} BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION ${sync}()`),
    statement(`CREATE TRIGGER ${onUpdate} BEFORE UPDATE ON ${table} FOR EACH ROW
  WHEN (current_setting('limbeck.expand', true) IS DISTINCT FROM ${quoteLiteral(expansion(fields))}
    AND ((OLD.${from}, OLD.${to}) IS DISTINCT FROM (NEW.${from}, NEW.${to}) OR NEW.${to} IS DISTINCT FROM NEW.${from}))
  EXECUTE FUNCTION ${sync}()`),
  ]
}

/** NOT NULL for the new column if the old one has it, in the three short steps of `setNotNull`. */
function keepNotNull(fields: ExpandColumn): readonly Statement[] {
  const alter = `ALTER TABLE ${tableName(fields)}`
  const to = quoteIdentifier(fields.to)
  const proof = quoteIdentifier(derivedName(fields.table, fields.to, 'not_null_proof'))
  return [
    statement(
      ifNotNull(fields, `${alter} ADD CONSTRAINT ${proof} CHECK (${to} IS NOT NULL) NOT VALID;`),
      'own',
      'not null, not valid yet',
    ),
    statement(ifNotNull(fields, `${alter} VALIDATE CONSTRAINT ${proof};`), 'own', 'not null, validate'),
    statement(
      ifNotNull(fields, `${alter} ALTER COLUMN ${to} SET NOT NULL;\n    ${alter} DROP CONSTRAINT ${proof};`),
      'own',
      'not null',
    ),
  ]
}

function ifNotNull(fields: ExpandColumn, then: string): string {
  return doBlock(`
BEGIN
  IF (SELECT attnotnull FROM pg_attribute
    WHERE attrelid = ${regclass({ ...fields, name: fields.table })} AND attname = ${quoteLiteral(fields.from)})
  THEN
    ${then}
  END IF;
END`)
}

function checkEqual(fields: ContractColumn): Statement {
  const differ = `${quoteIdentifier(fields.from)} IS DISTINCT FROM ${quoteIdentifier(fields.to)}`
  return statement(
    doBlock(`
DECLARE
  differing bigint;
BEGIN
  SELECT count(*) INTO differing FROM ${tableName(fields)} WHERE ${differ};
  IF differing > 0 THEN
    RAISE EXCEPTION '% rows of % differ between % and %', differing, ${quoteLiteral(fields.table)}, ${quoteLiteral(fields.from)}, ${quoteLiteral(fields.to)}
      USING ERRCODE = 'assert_failure', HINT = 'Let the backfill of expandColumn end, and see whether its triggers are still there.';
  END IF;
END`),
    'own',
  )
}

function dropTwin(fields: ContractColumn): readonly Statement[] {
  const { sync, onInsert, onUpdate } = syncNames(fields)
  const table = tableName(fields)
  const gone = fields.keep === 'from' ? fields.to : fields.from
  return [
    ...(fields.keep === 'from' ? [] : [statement(moveDefault(fields))]),
    statement(`DROP TRIGGER ${onInsert} ON ${table}`),
    statement(`DROP TRIGGER ${onUpdate} ON ${table}`),
    statement(`DROP FUNCTION ${sync}()`),
    statement(`ALTER TABLE ${table} DROP COLUMN ${quoteIdentifier(gone)}`),
  ]
}

function moveDefault(fields: ContractColumn): string {
  const relation = regclass({ ...fields, name: fields.table })
  const change = `ALTER TABLE ${tableName(fields)} ALTER COLUMN ${quoteIdentifier(fields.to)} SET DEFAULT `
  return doBlock(`
DECLARE
  expression text := (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
    WHERE adrelid = ${relation} AND attname = ${quoteLiteral(fields.from)});
BEGIN
  IF expression IS NOT NULL THEN
    EXECUTE ${quoteLiteral(change)} || expression;
  END IF;
END`)
}

function syncNames(fields: ExpandColumn) {
  const name = (purpose: string) => derivedName('limbeck', purpose, fields.table, fields.from, fields.to)
  return {
    sync: qualifiedName({ ...inSchema(fields), name: name('sync') }),
    onInsert: quoteIdentifier(name('sync_insert')),
    onUpdate: quoteIdentifier(name('sync_update')),
  }
}
