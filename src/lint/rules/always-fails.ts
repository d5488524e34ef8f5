import type { Rule } from '../rule.ts'

export const alwaysFails: Rule = {
  name: 'always-fails',
  classes: ['fails-always'],
  level: 'error',
  title: 'a statement that cannot run',
  problem:
    'PostgreSQL refuses it, with rows and without: something is not there or is there already, something depends on it, or it cannot be in a transaction with others.',
  instead: 'Mend it as PostgreSQL says.',
  ignore: 'It was tried on another schema than it is for.',
  find({ error }, { found }) {
    if (error === null || error.when !== 'always') return []
    if (found.some(({ class: kind }) => kind === 'fails-always')) return []
    return [
      {
        message: `It fails: ${error.message}.`,
        evidence: [`SQLSTATE ${error.sqlState}`],
        recipe: error.hint ?? remedyOf(error),
      },
    ]
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL)',
      sql: '-- limbeck: transaction none\nCREATE UNIQUE INDEX CONCURRENTLY users_name ON users (name); BEGIN; SET LOCAL lock_timeout = 1000; ALTER TABLE users ADD CONSTRAINT users_name UNIQUE USING INDEX users_name; COMMIT',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint)',
      sql: 'BEGIN; CREATE INDEX CONCURRENTLY i ON users (id); COMMIT',
      finds: true,
    },
    { given: 'CREATE TABLE users (id bigint)', sql: 'ALTER TABLE users ADD COLUMN id bigint', finds: true },
    {
      given: 'CREATE TABLE users (id bigint)',
      sql: 'ALTER TABLE users ADD COLUMN IF NOT EXISTS id bigint',
      finds: false,
    },
    {
      given: "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE users (mood mood)",
      sql: "BEGIN; ALTER TYPE mood ADD VALUE 'ok'; ALTER TABLE users ALTER mood SET DEFAULT 'ok'; COMMIT",
      finds: true,
    },
    {
      given: "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE users (mood mood)",
      sql: "BEGIN; ALTER TYPE mood ADD VALUE 'ok'; COMMIT; ALTER TABLE users ALTER mood SET DEFAULT 'ok'",
      finds: false,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE posts (author bigint REFERENCES users)',
      sql: 'DROP TABLE users',
      finds: true,
    },
  ],
}

/** What to do about an error, by its SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
function remedyOf({
  sqlState,
  message,
}: {
  readonly sqlState: string
  readonly message: string
}): string | null {
  if (sqlState === '0A000' && message.includes('partitioned table'))
    return 'On a partitioned table: ON ONLY the parent, then each partition, then ATTACH (op.createIndex does it).'
  if (sqlState === '0A000' && message.includes('used by a view'))
    return 'Drop the view, change the column, and make the view again, in one transaction.'
  return remedies[sqlState] ?? null
}

const remedies: { readonly [sqlState: string]: string } = {
  '25001':
    'It refuses a transaction block: run it in a file of its own that is not wrapped in one. A revision of Limbeck does so by itself.',
  '55P04': 'A label can be used once it is committed: add it in one transaction, and use it in the next.',
  '2BP01': 'Drop what depends on it first, by name; CASCADE would take along what nobody has named.',
}
