import type { Node, StatementTree } from '../../sql/statements.ts'
import type { Observation } from '../../trace/observation.ts'
import type { Finding, Rule } from '../rule.ts'

export const goneName: Rule = {
  name: 'gone-name',
  classes: ['breaks-old-code'],
  level: 'warning',
  title: 'what the application of before says fails',
  problem:
    'While a release goes out, the old one and the new one run beside each other: what the old one reads, writes or calls by a name that is dropped, renamed or moved to another schema fails at once (42P01, 42703, 42883, 22P02; 42804 where a column has a type that does not take the values of before).',
  instead:
    'Make the new name beside the old one, and take the old one away when no release uses it any more: op.expandColumn and op.contractColumn for a column; for a table a view that has the old name.',
  ignore: 'No release that runs uses it.',
  find({ statement: { parsed }, transaction, broken, error }, { all }) {
    if (error?.when === 'always') return brokenNames(broken)
    const others = othersGone(parsed.tree.kind, parsed.tree.node)
    if (others.length === 0) return brokenNames(broken)
    // Nobody sees what is between the statements of a transaction.
    const together = all.filter((one) => one.transaction === transaction)
    const later = together.slice(together.findIndex((one) => one.statement.parsed === parsed) + 1)
    const made = new Set(later.map(({ statement }) => madeExtension(statement.parsed.tree)))
    const gone = others.filter(({ name }) => !made.has(name))
    return [...brokenNames(broken), ...gone.map(finding)]
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'ALTER TABLE users RENAME age TO years',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'ALTER TABLE users RENAME TO people',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'ALTER TABLE users ADD COLUMN years integer',
      finds: false,
    },
    {
      given: "CREATE TYPE state AS ENUM ('on')",
      sql: "ALTER TYPE state RENAME VALUE 'on' TO 'active'",
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'BEGIN; ALTER TABLE users RENAME TO people; CREATE VIEW users AS SELECT * FROM people; COMMIT',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY); CREATE SCHEMA old',
      sql: 'ALTER TABLE users SET SCHEMA old',
      finds: true,
    },
    {
      given: 'CREATE SCHEMA app; CREATE TABLE app.users (id bigint PRIMARY KEY)',
      sql: 'DO $$ BEGIN ALTER SCHEMA app RENAME TO core; END $$',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY)',
      sql: 'ALTER INDEX users_pkey RENAME TO users_key',
      finds: false,
    },
    {
      given: "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
      sql: 'DROP FUNCTION one()',
      finds: true,
    },
    {
      given: "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
      sql: "BEGIN; DROP FUNCTION one(); CREATE FUNCTION one() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'; COMMIT",
      finds: false,
    },
    {
      given: "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
      sql: "BEGIN; DROP FUNCTION one(); CREATE FUNCTION one(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n'; COMMIT",
      finds: true,
    },
    {
      given:
        "CREATE TYPE state AS ENUM ('on', 'off'); CREATE TABLE users (id bigint PRIMARY KEY, state state)",
      sql: "DO $$ BEGIN ALTER TYPE state RENAME VALUE 'off' TO 'out'; END $$",
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint, tenant text NOT NULL)',
      sql: "ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON users USING (tenant = current_setting('app.tenant'))",
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint, tags text[])',
      sql: "ALTER TABLE users DROP COLUMN tags, ADD COLUMN tags jsonb NOT NULL DEFAULT '[]'",
      finds: true,
    },
    {
      given:
        'CREATE TABLE events (n integer) PARTITION BY LIST (n); CREATE TABLE one PARTITION OF events FOR VALUES IN (1)',
      sql: 'DROP TABLE one',
      finds: false,
    },
  ],
}

/** What PostgreSQL does not plan any more, once for each relation. */
function brokenNames(broken: Observation['broken']): readonly Finding[] {
  const relations = [...new Set(broken.map(({ relation }) => relation))]
  return relations.flatMap((relation) => {
    const queries = broken.filter((one) => one.relation === relation)
    const [first] = queries
    return first === undefined
      ? []
      : [
          {
            message:
              first.source === undefined
                ? `What the application of before says of ${relation} fails: ${first.message}.`
                : `The application's query in ${first.source} fails: ${first.message}.`,
            evidence: queries.slice(0, 4).map(({ query, sqlState }) => `${query}: SQLSTATE ${sqlState}`),
            // That it is asked is known.
            ...(first.source === undefined ? { relations: [relation] } : { level: 'error' as const }),
          },
        ]
  })
}

type GoneName = { readonly name: string; readonly becomes: string }

/** What no query of one line tells. */
function othersGone(kind: string, node: Node): readonly GoneName[] {
  if (kind === 'RefreshMatViewStmt' && node['skipData'] === true)
    return [
      { name: `what ${node['relation']?.relname} shows`, becomes: 'is not there until it is refreshed' },
    ]
  if (kind === 'GrantStmt' && node['is_grant'] !== true)
    return [{ name: 'a privilege', becomes: 'is taken back' }]
  if (kind === 'AlterTableStmt' && node['objtype'] === 'OBJECT_TYPE' && changesAttributes(node))
    return [{ name: String(node['relation']?.relname), becomes: 'has other attributes' }]
  if (kind === 'RenameStmt' && node['renameType'] === 'OBJECT_ATTRIBUTE')
    return [{ name: `the attribute ${node['subname']}`, becomes: `is called ${node['newname']}` }]
  if (kind === 'DropStmt' && node['removeType'] === 'OBJECT_EXTENSION')
    return (node['objects'] ?? []).map(({ String: name }: Node) => ({
      name: String(name?.sval),
      becomes: 'is gone',
    }))
  return []
}

/** A row of the type has another number of values. */
function changesAttributes(node: Node): boolean {
  return (node['cmds'] ?? []).some(({ AlterTableCmd: command }: Node) =>
    ['AT_AddColumn', 'AT_DropColumn'].includes(command?.subtype),
  )
}

function finding({ name, becomes }: GoneName): Finding {
  return { message: `${name} ${becomes}: what the application of before says of it fails.` }
}

function madeExtension({ kind, node }: StatementTree): string | null {
  return kind === 'CreateExtensionStmt' ? (node['extname'] ?? null) : null
}
