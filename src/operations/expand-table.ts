import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { type Operation, operation, type Server, statement } from './operation.ts'
import { inSchema, lockOn, regclass, type TableReference, tableName } from './relation.ts'

/** What an expansion leaves, for examples: 13 and 14 have no security_invoker, so their view has none. */
const expanded = `CREATE TABLE accounts (id serial PRIMARY KEY);
  DO $$ BEGIN
    EXECUTE 'CREATE VIEW users' || CASE WHEN current_setting('server_version_num')::int >= 150000 THEN ' WITH (security_invoker)' ELSE '' END
      || ' AS SELECT * FROM accounts';
  END $$`

/** A table under two names. */
export type TwoNames = TableReference & {
  /** The table's new name. */
  readonly to: string
}

/**
 * The first half of renaming a table under traffic: renames it, and puts a view with the old name in its place, in one
 * short transaction. Through the view the old application selects, inserts (with the table's defaults and RETURNING),
 * updates, deletes, locks rows, and says ON CONFLICT with columns. COPY FROM, TRUNCATE, and ON CONFLICT ON CONSTRAINT fail
 * through a view. Privileges are copied to it, of the table and of its columns.
 * https://www.postgresql.org/docs/current/sql-createview.html#SQL-CREATEVIEW-UPDATABLE-VIEWS
 */
export const expandTable: Operation<'expandTable', TwoNames> = operation('expandTable', {
  title: (fields) => `expand table ${fields.table} to ${fields.to}`,
  needsBackfills: ({ schema, table }) => [{ schema, table }],
  steps: (fields, server) => [statement(renameSql(fields)), statement(viewSql(fields, server))],
  inverse: (fields) => [retractTable(fields)],
  warns: (fields) => [
    `COPY FROM, TRUNCATE and ON CONFLICT ON CONSTRAINT fail on ${fields.table}, which is a view then`,
  ],
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [
    {
      given: `CREATE TABLE users (id serial PRIMARY KEY, email text UNIQUE);
        GRANT SELECT ON users TO PUBLIC; GRANT UPDATE (email) ON users TO PUBLIC`,
      fields: { table: 'users', to: 'accounts' },
    },
  ],
})

/**
 * Takes `expandTable` back, in one short transaction: the view goes, and the table has its old name.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export const retractTable: Operation<'retractTable', TwoNames> = operation('retractTable', {
  title: (fields) => `retract table ${fields.table} from ${fields.to}`,
  steps: (fields) => [
    statement(dropViewSql(fields)),
    statement(`ALTER TABLE ${newName(fields)} RENAME TO ${quoteIdentifier(fields.table)}`),
  ],
  inverse: (fields) => [expandTable(fields)],
  phase: () => 'contract',
  locks: (fields) => [
    lockOn(fields, 'AccessExclusive'),
    lockOn({ ...fields, table: fields.to }, 'AccessExclusive'),
  ],
  examples: [{ given: expanded, fields: { table: 'users', to: 'accounts' } }],
})

/**
 * The second half: drops the view. Run it when no application uses the old name any more.
 * https://www.postgresql.org/docs/current/sql-dropview.html
 */
export const contractTable: Operation<'contractTable', TwoNames> = operation('contractTable', {
  title: (fields) => `contract table ${fields.table} to ${fields.to}`,
  steps: (fields) => [statement(dropViewSql(fields))],
  inverse: (fields) => [reopenTable(fields)],
  phase: () => 'contract',
  locks: (fields) => [lockOn(fields, 'AccessExclusive')],
  examples: [{ given: expanded, fields: { table: 'users', to: 'accounts' } }],
})

/**
 * Takes `contractTable` back: the view with the old name is there again.
 * https://www.postgresql.org/docs/current/sql-createview.html
 */
export const reopenTable: Operation<'reopenTable', TwoNames> = operation('reopenTable', {
  title: (fields) => `reopen table ${fields.table} beside ${fields.to}`,
  steps: (fields, server) => [statement(viewSql(fields, server))],
  inverse: (fields) => [contractTable(fields)],
  locks: (fields) => [lockOn({ ...fields, table: fields.to }, 'AccessShare')],
  examples: [
    { given: 'CREATE TABLE accounts (id serial PRIMARY KEY)', fields: { table: 'users', to: 'accounts' } },
  ],
})

function newName(fields: TwoNames): string {
  return qualifiedName({ ...inSchema(fields), name: fields.to })
}

function renameSql(fields: TwoNames): string {
  return `ALTER TABLE ${tableName(fields)} RENAME TO ${quoteIdentifier(fields.to)}`
}

function dropViewSql(fields: TwoNames): string {
  return `DROP VIEW ${tableName(fields)}`
}

/** Who reads through the view reads with their own rights from 15 on, and with those of its owner before: then row security must not be in play. */
function viewSql(fields: TwoNames, server: Server): string {
  const view = tableName(fields)
  const table = regclass({ ...inSchema(fields), name: fields.to })
  const invoker = server.major >= 15 ? ' WITH (security_invoker)' : ''
  return doBlock(`
DECLARE
  command text;
BEGIN
${server.major >= 15 ? '' : refuseRowSecurity(table)}
  CREATE VIEW ${view}${invoker} AS SELECT * FROM ${newName(fields)};
  EXECUTE format(${quoteLiteral(`ALTER VIEW ${view.replaceAll('%', '%%')} OWNER TO %I`)}, (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = ${table}));
  FOR command IN
    SELECT format('REVOKE ALL ON %s FROM %s', ${quoteLiteral(view)}, ${grantee})
    FROM pg_class CROSS JOIN aclexplode(relacl) WHERE oid = ${regclass({ ...inSchema(fields), name: fields.table })} AND grantee <> relowner
    UNION ALL
    SELECT format('GRANT %s ON %s TO %s', privilege_type, ${quoteLiteral(view)}, ${grantee} || ${grantable})
    FROM pg_class CROSS JOIN aclexplode(relacl) WHERE oid = ${table} AND privilege_type <> 'MAINTAIN'
    UNION ALL
    SELECT format('GRANT %s (%I) ON %s TO %s', privilege_type, attname, ${quoteLiteral(view)}, ${grantee} || ${grantable})
    FROM pg_attribute CROSS JOIN aclexplode(attacl) WHERE attrelid = ${table}
  LOOP
    EXECUTE command;
  END LOOP;
END`)
}

function refuseRowSecurity(table: string): string {
  return `  IF (SELECT relrowsecurity FROM pg_class WHERE oid = ${table}) THEN
    RAISE EXCEPTION '% has row security, which a view would pass over before PostgreSQL 15', ${table}
      USING ERRCODE = 'feature_not_supported';
  END IF;`
}

// Of a row of aclexplode.
const grantee = `CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END`
const grantable = `CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END`
