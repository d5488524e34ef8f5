import type { Node } from '../../sql/statements.ts'
import { hasFewRows, isGiven } from '../../trace/given-rows.ts'
import type { Observation } from '../../trace/observation.ts'
import { listed } from '../blocks.ts'
import type { Rule } from '../rule.ts'
import { addedConstraints, nodesOf } from '../tree.ts'

export const bulkChange: Rule = {
  name: 'bulk-change',
  classes: ['bulk-row-locks'],
  level: 'error',
  title: 'most rows of a table changed in one transaction',
  problem:
    'Each row that is updated or deleted is locked until the transaction ends: whoever wants to change one of them waits for all. The table grows by every row that is changed, and replicas get it all at once.',
  instead:
    'Go over the table in batches by its key, each in a transaction of its own: op.backfill, which goes on where it was stopped.',
  ignore: 'The table is small.',
  find(observation, { isRun, all }) {
    const { statement, written, scans, given } = observation
    const { tree } = statement.parsed
    if (isBounded(tree.node)) return []
    const target = tree.node['relation']?.relname
    const isSearch = ['UpdateStmt', 'DeleteStmt', 'MergeStmt'].includes(tree.kind)
    const isOfDuplicates = isSearch && namesTwice(tree.node, target) && makesUnique(all, target)
    const changed = written.filter(
      ({ oid, of, updated, deleted }) =>
        of > 0 &&
        (updated + deleted) * 5 >= of &&
        !hasFewRows(oid, observation) &&
        // Samples are the same far more often than rows that were to be unique.
        (given.has(oid) || !isOfDuplicates),
    )
    const some = new Set(written.flatMap((one) => (one.updated + one.deleted > 0 ? one.relation : [])))
    // How many rows meet a condition that no index serves and no sample meets, samples do not tell.
    const searched =
      isSearch && isRun && !isOfDuplicates && !asksForFew(tree.node['whereClause'])
        ? scans.filter((name) => !isGiven(name, observation) && !some.has(name))
        : []
    const relations = new Set([
      ...changed.map(({ relation }) => relation),
      ...searched.filter((name) => name.split('.').at(-1) === target),
    ])
    if (relations.size === 0) return []
    return [
      {
        message: `The rows of ${listed([...relations])} are locked, one after the other, until the transaction ends.`,
        evidence: (isRun ? changed : []).map(
          ({ relation, of, updated, deleted }) =>
            `${updated + deleted} of ${of} rows of ${relation} were changed`,
        ),
        relations: [...relations],
        work: [...relations].map((relation) => ({ what: 'rows', relation })),
        recipe: recipeOf(tree.kind, target),
      },
    ]
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'UPDATE users SET age = 18',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'UPDATE users SET age = 18 WHERE id = 7',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'DELETE FROM users WHERE id IN (SELECT id FROM users WHERE age IS NULL LIMIT 1000)',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'DO $$ BEGIN UPDATE users SET age = 18; END $$',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'UPDATE users SET age = 18 WHERE age IS NULL',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'UPDATE users SET age = 18 WHERE id BETWEEN 1 AND 1000',
      finds: false,
    },
    {
      given:
        "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY); INSERT INTO alembic_version VALUES ('a1')",
      sql: "UPDATE alembic_version SET version_num = 'b2' WHERE version_num = 'a1'",
      finds: false,
    },
    {
      given:
        "CREATE TABLE users (id bigint PRIMARY KEY, age integer); CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version VALUES ('a1')",
      sql: 'UPDATE users SET age = 18 WHERE age % 1000 = 997',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, name text)',
      sql: "UPDATE users SET name = 'none' WHERE name = 'nobody'",
      finds: false,
    },
    {
      given:
        "CREATE TYPE state AS ENUM ('new', 'open', 'sent', 'paid', 'void', 'lost', 'kept'); CREATE TABLE bills (id bigint PRIMARY KEY, state state NOT NULL)",
      sql: "UPDATE bills SET state = 'void' WHERE state = 'lost'",
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, mail text)',
      sql: 'DELETE FROM users a USING users b WHERE a.mail = b.mail AND a.id > b.id; CREATE UNIQUE INDEX ON users (mail)',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'CREATE TABLE adults AS SELECT * FROM users; UPDATE adults SET age = 18',
      finds: false,
    },
  ],
}

function recipeOf(kind: string, table: unknown): string | null {
  if (kind === 'UpdateStmt') return `op.backfill({ table: '${table}', set: { … }, where: op.sql\`…\` })`
  return kind === 'DeleteStmt' ? `op.backfill({ table: '${table}', delete: true, where: op.sql\`…\` })` : null
}

/** One value of a column, or what refers to nothing: of a large table these are few, where no sample is such. */
function asksForFew(where: Node | undefined): boolean {
  const { boolop, args = [] } = (where?.['BoolExpr'] ?? {}) as Node
  if (boolop === 'AND_EXPR') return (args as readonly Node[]).some(asksForFew)
  if (boolop === 'NOT_EXPR') return args[0]?.SubLink !== undefined
  const { kind, name, lexpr, rexpr } = (where?.['A_Expr'] ?? {}) as Node
  const isEqual = kind === 'AEXPR_OP' && name?.at(-1)?.String?.sval === '='
  return (
    isEqual && [lexpr, rexpr].some((side) => side?.ColumnRef) && [lexpr, rexpr].some((side) => side?.A_Const)
  )
}

/** A table that is compared with itself. */
function namesTwice(node: Node, table: unknown): boolean {
  return nodesOf(node, 'RangeVar').some(({ relname }) => relname === table)
}

/** Whether the migration makes a unique index or key of a table. */
function makesUnique(all: readonly Observation[], table: unknown): boolean {
  return all.some(({ statement: { parsed } }) => {
    const { kind, node } = parsed.tree
    if (node['relation']?.relname !== table) return false
    const keys = addedConstraints(parsed.tree).map(({ contype }) => contype)
    return (
      (kind === 'IndexStmt' && node['unique'] === true) ||
      keys.includes('CONSTR_UNIQUE') ||
      keys.includes('CONSTR_PRIMARY')
    )
  })
}

/** A LIMIT anywhere in it is how batches are written. */
function isBounded(node: Node): boolean {
  return Object.entries(node).some(
    ([name, value]) =>
      name === 'limitCount' || (typeof value === 'object' && value !== null && isBounded(value as Node)),
  )
}
