import { expect, test } from 'vitest'
import { lint } from '../../../src/commands/lint.ts'
import { folder } from '../../cli/folder.ts'

/** Rules by line, of a file of which nobody gives the schema. */
async function found(text: string): Promise<readonly string[]> {
  await using its = await folder({})
  const { statements, assumed } = await lint(
    { directory: its.directory, lint: { rules: { 'no-lock-timeout': 'off' } } },
    { texts: [{ name: 'one.sql', text }] },
  )
  expect(assumed[0]).toMatch(/^nothing was run/)
  return statements.flatMap(({ line, hazards }) => hazards.map(({ rule }) => `${line} ${rule}`))
}

test.each([
  ['ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid()', ['1 add-column-rewrite']],
  ['ALTER TABLE users ADD COLUMN made timestamptz DEFAULT now()', []],
  ['ALTER TABLE users ADD COLUMN n integer NOT NULL', ['1 fails-on-rows', '1 required-value']],
  ['CREATE INDEX ON users (email)', ['1 index-build']],
  ['BEGIN;\nCREATE INDEX CONCURRENTLY i ON users (email);\nCOMMIT', ['2 always-fails']],
  [
    '-- +goose NO TRANSACTION\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON users (email)',
    ['2 invalid-index'],
  ],
  ['UPDATE users SET age = 1', ['1 bulk-change']],
  ['UPDATE users SET age = 1 WHERE id = 7', []],
  ['ALTER TABLE users DROP COLUMN age', ['1 drop-column', '1 gone-name']],
  ['ALTER TABLE users RENAME TO people', ['1 gone-name']],
  ['ALTER TABLE users RENAME TO people;\nCREATE VIEW users AS SELECT * FROM people', []],
  ['ALTER TABLE users ALTER age TYPE bigint', ['1 column-type-rewrite']],
  ['ALTER TABLE users ADD FOREIGN KEY (org) REFERENCES orgs NOT VALID', []],
  ['ALTER TABLE users ADD FOREIGN KEY (org) REFERENCES orgs', ['1 foreign-key-scan']],
  ['ALTER TABLE users ADD COLUMN n integer;\nUPDATE users SET n = 1', ['2 held-lock', '2 bulk-change']],
  ['CREATE TABLE posts (id bigint);\nCREATE INDEX ON posts (id);\nLOCK TABLE users IN SHARE MODE', []],
  ['DROP TABLE users', ['1 drop-table', '1 gone-name']],
  ['REFRESH MATERIALIZED VIEW totals', ['1 refresh']],
])('%s: %j', async (text, rules) => {
  expect(await found(text)).toEqual(rules)
})

test('where the embedded database lacks what the schema needs, that is said', async () => {
  await using its = await folder({
    'schema.sql': 'CREATE EXTENSION postgis; CREATE TABLE places (at geometry(Point, 4326));',
    'one.sql': 'CREATE INDEX ON places USING gist (at);\nDO $$ BEGIN NULL; END $$;',
  })
  const report = await lint({ directory: its.directory }, { files: ['one.sql'], schema: 'schema.sql' })
  expect(report.statements[0]?.hazards.map(({ rule }) => rule)).toEqual(['index-build'])
  expect(report.assumed).toEqual([
    'nothing was run, and what is told is what the statements say by themselves: schema.sql:1: extension "postgis" is not available',
    'one.sql: what the DO block in line 2 does is not known without running it.',
  ])
})

test('what needs an extension that is lacking is known by its text, and the rest is run', async () => {
  await using its = await folder({
    'schema.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, age integer);',
    'one.sql':
      'CREATE EXTENSION postgis;\nALTER TABLE users ADD COLUMN at geometry(Point, 4326);\nALTER TABLE users ALTER age TYPE bigint;',
  })
  const report = await lint({ directory: its.directory }, { files: ['one.sql'], schema: 'schema.sql' })
  expect(report.statements.map(({ text, error }) => [text.split(' ', 2).join(' '), error])).toEqual([
    ['CREATE EXTENSION', null],
    ['ALTER TABLE', null],
    ['ALTER TABLE', null],
  ])
  expect(report.statements[2]?.rewrites).toContain('users')
})
