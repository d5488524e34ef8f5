import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { downgrade } from './commands/downgrade.ts'
import type { Config } from './commands/project.ts'
import { upgrade } from './commands/upgrade.ts'
import { connect } from './connection/connect.ts'
import type { Connection, Row } from './connection/connection.ts'
import { bindSql, rawSql, type Sql } from './sql/tag.ts'

export { sql } from './sql/tag.ts'
export { testOperations } from './testing/test-operations.ts'

/** A database of a test's own, with the project's revisions applied. */
export type TestDatabase = {
  /** For the application under test, while nothing is asked here: an embedded database has one user at a time. */
  readonly url: string
  /** Runs SQL and gives the rows of its last statement. */
  query<Result extends Row = Row>(sql: string | Sql): Promise<readonly Result[]>
  upgrade(to?: string): Promise<void>
  downgrade(to: string): Promise<void>
  /** Lets go of the database, so that `url` can be opened elsewhere; the next question opens it again. */
  release(): Promise<void>
  /** Ends the database and removes its files. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * An embedded database in a temporary directory, upgraded as far as asked: for a test of a revision, or of an
 * application on the schema. It needs no server and takes about half a second.
 * @example
 * await using database = await testDatabase({ migrations: 'migrations' }, { to: 'head' })
 * await database.query("INSERT INTO users (email) VALUES ('a@example.com')")
 */
export async function testDatabase(
  config: Config = {},
  options: { readonly to?: string } = {},
): Promise<TestDatabase> {
  const directory = mkdtempSync(join(tmpdir(), 'limbeck-test-'))
  const url = `pglite:${join(directory, 'database')}`
  const own: Config = { ...config, database: url }
  let connection: Connection | null = null
  const release = async () => {
    await connection?.close()
    connection = null
  }
  const close = async () => {
    await release()
    rmSync(directory, { recursive: true, force: true })
  }
  const database: TestDatabase = {
    url,
    async query<Result extends Row>(sql: string | Sql) {
      connection ??= await connect(url)
      const { text, values } = bindSql(typeof sql === 'string' ? rawSql(sql) : sql)
      if (values.length > 0) return (await connection.query(text, values)).rows as readonly Result[]
      return ((await connection.run(text)).at(-1)?.rows ?? []) as readonly Result[]
    },
    async upgrade(to) {
      await release()
      await upgrade(own, to === undefined ? {} : { to })
    },
    async downgrade(to) {
      await release()
      await downgrade(own, { to, acceptLoss: true })
    },
    release,
    close,
    [Symbol.asyncDispose]: close,
  }
  await database.upgrade(options.to)
  return database
}
