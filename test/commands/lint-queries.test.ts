import pg from 'pg'
import { expect, test } from 'vitest'
import { lint } from '../../src/commands/lint.ts'
import { folder } from '../cli/folder.ts'
import { startServer } from '../servers/server.ts'

test('what a database was asked most often is tried too', async () => {
  await using server = await startServer(18, {
    settings: { shared_preload_libraries: 'pg_stat_statements' },
  })
  const client = new pg.Client(server.url('postgres'))
  await client.connect()
  await client.query('CREATE EXTENSION pg_stat_statements')
  await client.query('CREATE TABLE users (id bigint PRIMARY KEY, age integer)')
  await client.query('SELECT id FROM users WHERE age > $1', [17])
  await client.end()
  await using its = await folder({ 'one.sql': 'ALTER TABLE users DROP COLUMN age;' })
  const report = await lint(
    { directory: its.directory, database: server.url('postgres') as `postgres${string}` },
    { files: ['one.sql'], asksDatabase: true },
  )
  const messages = report.statements.flatMap(({ hazards }) => hazards.map(({ message }) => message))
  expect(messages).toContain(
    'The application\'s query in pg_stat_statements (SELECT id FROM users WHERE age > $1) fails: column "age" does not exist.',
  )
})

test('a database that does not count them has none', async () => {
  await using server = await startServer(18)
  const client = new pg.Client(server.url('postgres'))
  await client.connect()
  await client.query('CREATE EXTENSION pg_stat_statements')
  await client.query('CREATE TABLE users (id bigint PRIMARY KEY)')
  await client.end()
  await using its = await folder({ 'one.sql': 'ALTER TABLE users ADD COLUMN age integer;' })
  const config = { directory: its.directory, database: server.url('postgres') as `postgres${string}` }
  const { statements } = await lint(config, { files: ['one.sql'], asksDatabase: true })
  expect(statements[0]?.error).toBeNull()
})
