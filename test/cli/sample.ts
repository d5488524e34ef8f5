import { servers, type Target, type TestDatabase } from '../servers/databases.ts'
import { chain, configText, type Folder, folder } from './folder.ts'

/** Three revisions: a table, a column, which only a loss of its values undoes, and a row that is no loss. */
export const sampleRevisions = chain({
  users: {
    upgrade: `  op.createTable({ name: 'users', columns: [{ name: 'id', type: 'bigint', primaryKey: true }] })`,
    downgrade: `  op.execute({ sql: 'DROP TABLE users' })`,
  },
  nickname: {
    upgrade: `  op.addColumn({ table: 'users', column: { name: 'nickname', type: 'text' } })`,
  },
  default_nickname: {
    upgrade: `  op.alterColumn({ table: 'users', name: 'nickname', default: 'nobody', was: { default: null } })`,
  },
})

/** The newest server of this run. */
export function newestServer(): Target {
  const server = servers().at(-1)
  if (server === undefined) throw new Error('This run has no server.')
  return server
}

/** A project with its database; both are gone when the test ends. */
export type Sample = Folder & { readonly database: TestDatabase }

/** The sample revisions, or others, on a database of their own. */
export async function sample(
  files: { readonly [path: string]: string } = sampleRevisions,
  target: Target = newestServer(),
): Promise<Sample> {
  const database = await target.open()
  const project = await folder({
    'limbeck.config.ts': configText({ database: database.url, lint: 'off' as const }),
    ...files,
  })
  return {
    ...project,
    database,
    async [Symbol.asyncDispose]() {
      await project[Symbol.asyncDispose]()
      await database.drop()
    },
  }
}
