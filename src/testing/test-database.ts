import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { downgrade } from '../commands/downgrade.ts'
import { type Config, resolveProject } from '../commands/project.ts'
import { readGraph } from '../commands/read-graph.ts'
import { status } from '../commands/status.ts'
import { upgrade } from '../commands/upgrade.ts'
import { connect } from '../connection/connect.ts'
import type { Connection, Row } from '../connection/connection.ts'
import { presentRevision } from '../graph/missing.ts'
import type { Revision } from '../graph/revision.ts'
import { parseSelector } from '../graph/selector.ts'
import { resolveTargets } from '../graph/targets.ts'
import { bindSql, rawSql, type Sql } from '../sql/tag.ts'
import { insertRows, type RowsByTable } from './insert-rows.ts'

/** A database of a test's own, with the project's revisions applied. */
export type TestDatabase = {
  /** For the application under test, while nothing is asked here: an embedded database has one user at a time. */
  readonly url: string
  /** Runs SQL and gives the rows of its last statement. */
  query<Result extends Row = Row>(sql: string | Sql): Promise<readonly Result[]>
  upgrade(to?: string): Promise<void>
  downgrade(to: string): Promise<void>
  /**
   * Goes to where the revision is the next one to run, up or down, and inserts rows: what they do not say and have to have gets a sample value.
   * @example
   * await database.insertBefore('split_name', { users: [{ name: 'Ada Lovelace' }] })
   */
  insertBefore(revision: string, rows: RowsByTable): Promise<void>
  /** Goes to where the revision is the last one that has run, up or down, and gives the rows of a table there. */
  tableAt<Result extends Row = Row>(revision: string, table: string): Promise<readonly Result[]>
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
    async insertBefore(revision, rows) {
      const { id, downRevisions } = revisionNamed(own, revision)
      await release()
      if (await isApplied(own, id)) await database.downgrade(downRevisions[0] ?? 'base')
      else for (const parent of downRevisions) await database.upgrade(parent)
      connection = await connect(url)
      await insertRows(connection, rows, `before ${id}`)
    },
    async tableAt<Result extends Row>(revision: string, table: string) {
      const { id } = revisionNamed(own, revision)
      await release()
      if (await isApplied(own, id)) await database.downgrade(id)
      else await database.upgrade(id)
      return database.query<Result>(`SELECT * FROM ${table}`)
    },
    release,
    close,
    [Symbol.asyncDispose]: close,
  }
  await database.upgrade(options.to)
  return database
}

function revisionNamed(config: Config, selector: string): Revision {
  const graph = readGraph(resolveProject(config))
  const standing = { applied: new Set<string>(), direction: 'lookup' } as const
  const [id = selector] = resolveTargets(graph, parseSelector(selector), standing).ids
  return presentRevision(graph, id)
}

async function isApplied(config: Config, revision: string): Promise<boolean> {
  return (await status(config)).applied.some(({ id }) => id === revision)
}
