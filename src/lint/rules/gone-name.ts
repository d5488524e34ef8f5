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
  find({ statement: { parsed }, transaction, broken, error, names }, { all }) {
    if (error?.when === 'always') return brokenNames(broken)
    // Nobody sees what is between the statements of a transaction.
    const together = all.filter((one) => one.transaction === transaction)
    const later = together.slice(together.findIndex((one) => one.statement.parsed === parsed) + 1)
    const made = new Set(later.map(({ statement }) => createdName(statement.parsed.tree)))
    const others = othersGone(parsed.tree.kind, parsed.tree.node).filter(
      ({ name, isThere }) => !made.has(name) && (isThere === true || names.has(name.split('.').at(-1) ?? '')),
    )
    return [...brokenNames(broken), ...others.map(finding)]
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
            message: `What the application of before says of ${relation} fails: ${first.message}.`,
            evidence: queries.slice(0, 4).map(({ query, sqlState }) => `${query}: SQLSTATE ${sqlState}`),
            relations: [relation],
          },
        ]
  })
}

type GoneName = {
  readonly name: string
  readonly becomes: string
  /** It is none of the names that are looked up. */
  readonly isThere?: true
}

/** What is no relation: a function that is called, a type that is cast to, a label that is compared with. */
function othersGone(kind: string, node: Node): readonly GoneName[] {
  if (kind === 'RefreshMatViewStmt' && node['skipData'] === true)
    return [
      {
        name: `what ${node['relation']?.relname} shows`,
        becomes: 'is not there until it is refreshed',
        isThere: true,
      },
    ]
  if (kind === 'GrantStmt' && node['is_grant'] !== true)
    return [{ name: 'a privilege', becomes: 'is taken back', isThere: true }]
  if (kind === 'AlterTableStmt' && node['objtype'] === 'OBJECT_TYPE' && changesAttributes(node))
    return [{ name: String(node['relation']?.relname), becomes: 'has other attributes', isThere: true }]
  const called = [
    'OBJECT_FUNCTION',
    'OBJECT_PROCEDURE',
    'OBJECT_ROUTINE',
    'OBJECT_AGGREGATE',
    'OBJECT_TYPE',
    'OBJECT_DOMAIN',
    'OBJECT_SCHEMA',
    'OBJECT_OPERATOR',
    'OBJECT_EXTENSION',
  ]
  // What is in a schema is looked at by itself.
  if (kind === 'DropStmt' && called.includes(node['removeType']) && node['removeType'] !== 'OBJECT_SCHEMA')
    return (node['objects'] ?? []).map((object: Node) => ({ name: droppedName(object), becomes: 'is gone' }))
  if (kind === 'RenameStmt' && called.includes(node['renameType']))
    return [{ name: renamedName(node), becomes: `is called ${node['newname']}` }]
  if (kind === 'RenameStmt' && node['renameType'] === 'OBJECT_ATTRIBUTE')
    return [
      { name: `the attribute ${node['subname']}`, becomes: `is called ${node['newname']}`, isThere: true },
    ]
  if (kind === 'AlterObjectSchemaStmt' && called.includes(node['objectType']))
    return [{ name: droppedName(node['object'] ?? {}), becomes: `is in the schema ${node['newschema']}` }]
  if (kind === 'AlterEnumStmt' && node['oldVal'] !== undefined)
    return [{ name: `the label ${node['oldVal']}`, becomes: `is called ${node['newVal']}`, isThere: true }]
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

function droppedName(object: Node): string {
  const [inner] = Object.values(object) as readonly Node[]
  const parts = inner?.['objname'] ?? inner?.['items'] ?? inner?.['names'] ?? []
  return parts.map((part: Node) => part['String']?.sval ?? '').join('.') || String(inner?.['sval'] ?? '')
}

function renamedName(node: Node): string {
  return node['object'] === undefined
    ? String(node['subname'] ?? node['oldname'] ?? '')
    : droppedName(node['object'])
}

/** What a statement makes that is no relation, as a DROP would name it; null for another statement. */
function createdName({ kind, node }: StatementTree): string | null {
  const parts = {
    CreateFunctionStmt: node['funcname'],
    CreateEnumStmt: node['typeName'],
    CreateRangeStmt: node['typeName'],
    CreateDomainStmt: node['domainname'],
    DefineStmt: node['defnames'],
  }[kind]
  if (kind === 'CreateSchemaStmt') return node['schemaname'] ?? null
  if (kind === 'CreateExtensionStmt') return node['extname'] ?? null
  if (kind === 'CompositeTypeStmt') return relationOf(node['typevar'])
  return parts === undefined ? null : parts.map((part: Node) => part['String']?.sval ?? '').join('.')
}

function relationOf({ schemaname, relname }: Node): string {
  return schemaname === undefined ? relname : `${schemaname}.${relname}`
}
