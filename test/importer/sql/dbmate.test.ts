import { expect, test } from 'vitest'
import { imported } from './golden.ts'

const users = `-- What dbmate keeps above the marker is a comment.
-- migrate:up
CREATE TABLE users (id bigint PRIMARY KEY);

-- migrate:down
DROP TABLE users;
`

test('a file becomes a revision, in the order of the names', async () => {
  await using project = await imported({
    '20240131120000_add_users.sql': users,
    '20240201000000_index.sql': `-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY users_idx ON users (id);
-- migrate:down transaction:false
DROP INDEX CONCURRENTLY users_idx;
`,
  })
  expect(await project.all()).toBe(`==> migrations/20240131120000_add_users.sql
-- add users
-- revision: 20240131120000
-- down_revision: none
-- branch_labels: none
-- depends_on: none
-- create_date: 2024-01-31T12:00:00Z

-- upgrade
CREATE TABLE users (id bigint PRIMARY KEY);

-- downgrade
DROP TABLE users;

==> migrations/20240201000000_index.sql
-- index
-- revision: 20240201000000
-- down_revision: 20240131120000
-- branch_labels: none
-- depends_on: none
-- create_date: 2024-02-01T00:00:00Z

-- upgrade
CREATE INDEX CONCURRENTLY users_idx ON users (id);

-- downgrade
DROP INDEX CONCURRENTLY users_idx;
`)
  expect(project.exitCode).toBe(0)
  expect(await project.limbeck('upgrade')).toMatchObject({ exitCode: 0 })
  expect(await project.report('status')).toMatchObject({ current: ['20240201000000'] })
})

test('several pairs of parts in a file run one after the other', async () => {
  await using project = await imported({
    '1_two.sql': `-- migrate:up
SELECT 1;
-- migrate:down
SELECT -1;
-- migrate:up transaction:false
SELECT 2;
-- migrate:down
SELECT -2;
`,
  })
  const text = await project.read('migrations/1_two.sql')
  expect(text).toMatch(/-- upgrade\nSELECT 1;\n\n+SELECT 2;\n\n-- downgrade\nSELECT -1;\n\n+SELECT -2;\n$/)
})

test('what stands before the marker, or has none, is not converted, and says where', async () => {
  await using project = await imported({
    '1_early.sql': '-- about\nCREATE TABLE early ();\n-- migrate:up\n-- migrate:down\n',
    '2_none.sql': 'CREATE TABLE none ();\n',
    '3_good.sql': '-- migrate:up\nSELECT 1;\n-- migrate:down\n',
    'notes.sql': 'SELECT 1;\n',
  })
  expect(project.exitCode).toBe(3)
  expect(project.out).toContain('✗ db/1_early.sql:2: it stands before the "-- migrate:up".')
  expect(project.out).toContain('✗ db/2_none.sql: it has no "-- migrate:up".')
  expect(project.out).toContain('- db/notes.sql is passed over: its name does not begin with a version.')
  const upgrade = await project.limbeck('upgrade')
  expect(upgrade.exitCode).toBe(1)
  expect(upgrade.err).toContain('1 threw Error: 1_early.sql:2 was not converted')
})

test('a byte order mark and the line ends of Windows are no matter', async () => {
  await using project = await imported({
    '1_a.sql': '\uFEFF-- migrate:up\r\nSELECT 1;\r\n-- migrate:down\r\nSELECT 2;\r\n',
  })
  expect(await project.read('migrations/1_a.sql')).toContain(
    '-- upgrade\nSELECT 1;\n\n-- downgrade\nSELECT 2;\n',
  )
})
