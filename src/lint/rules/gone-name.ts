import type { Node } from '../../sql/statements.ts'
import { type Picture, type PicturedRelation, relationName } from '../../trace/picture.ts'
import type { Finding, Rule, RuleContext } from '../rule.ts'

export const goneName: Rule = {
  name: 'gone-name',
  classes: ['breaks-old-code'],
  level: 'warning',
  title: 'a name that the application of before uses is gone',
  problem:
    'While a release goes out, the old one and the new one run beside each other: what the old one reads, writes or calls by a name that is dropped, renamed or moved to another schema fails at once (42P01, 42703, 42883, 22P02).',
  instead:
    'Make the new name beside the old one, and take the old one away when no release uses it any more: op.expandColumn and op.contractColumn for a column; for a table a view that has the old name.',
  ignore: 'No release that runs uses it.',
  find({ statement: { parsed }, transaction }, { changes, all }) {
    const { kind, node } = parsed.tree
    // Nobody sees what is between the statements of a transaction.
    const end = all.findLast((one) => one.transaction === transaction)?.after ?? new Map()
    return [...relationsGone(changes, end), ...columnsGone(changes, end), ...othersGone(kind, node)]
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
  ],
}

const used = ['r', 'p', 'v', 'm', 'f', 'S']

function relationsGone({ gone, renamed }: RuleContext['changes'], end: Picture): readonly Finding[] {
  const dropped = gone
    .filter(({ kind, ...relation }) => used.includes(kind) && called(relation, end) === undefined)
    .map((relation) => finding(relationName(relation), 'is gone', relationName(relation)))
  const moved = renamed
    .filter(({ from }) => used.includes(from.kind) && called(from, end) === undefined)
    .map(({ from, to }) => finding(relationName(from), `is called ${relationName(to)}`, relationName(from)))
  return [...dropped, ...moved]
}

function columnsGone({ columns }: RuleContext['changes'], end: Picture): readonly Finding[] {
  return columns.flatMap(({ relation, was, is }) => {
    const table = relationName(relation)
    if (was === null || relation.kind === 'c') return []
    if (called(relation, end)?.columns.some(({ name }) => name === was.name) === true) return []
    if (is === null) return [finding(`${table}.${was.name}`, 'is gone', table)]
    return is.name === was.name ? [] : [finding(`${table}.${was.name}`, `is called ${is.name}`, table)]
  })
}

/** What has the name of a relation in the end. */
function called(
  { schema, name }: Pick<PicturedRelation, 'schema' | 'name'>,
  end: Picture,
): PicturedRelation | undefined {
  return [...end.values()].find((one) => one.schema === schema && one.name === name)
}

/** What is no relation: a function that is called, a type that is cast to, a label that is compared with. */
function othersGone(kind: string, node: Node): readonly Finding[] {
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
  if (kind === 'DropStmt' && called.includes(node['removeType']))
    return (node['objects'] ?? []).map((object: Node) => finding(droppedName(object), 'is gone', null))
  if (kind === 'RenameStmt' && called.includes(node['renameType']))
    return [finding(renamedName(node), `is called ${node['newname']}`, null)]
  if (kind === 'RenameStmt' && node['renameType'] === 'OBJECT_ATTRIBUTE')
    return [finding(`the attribute ${node['subname']}`, `is called ${node['newname']}`, null)]
  if (kind === 'AlterObjectSchemaStmt' && called.includes(node['objectType']))
    return [finding(droppedName(node['object'] ?? {}), `is in the schema ${node['newschema']}`, null)]
  if (kind === 'AlterEnumStmt' && node['oldVal'] !== undefined)
    return [finding(`the label ${node['oldVal']}`, `is called ${node['newVal']}`, null)]
  return []
}

function finding(name: string, becomes: string, relation: string | null): Finding {
  return {
    message: `${name} ${becomes}: what the application of before says of it fails.`,
    relations: relation === null ? [] : [relation],
  }
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
