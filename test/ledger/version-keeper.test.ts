import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { connect } from '../../src/connection/connect.ts'
import type { Connection } from '../../src/connection/connection.ts'
import {
  type Config,
  current,
  downgrade,
  offlineDowngrade,
  offlineStamp,
  offlineUpgrade,
  stamp,
  stampFrom,
  status,
  type TransactionMode,
  upgrade,
} from '../../src/index.ts'
import { runScript } from '../../src/migrate/run-script.ts'
import { folder, revisionText } from '../cli/folder.ts'
import { newestServer } from '../cli/sample.ts'
import { servers, type Target, type TestDatabase, targets } from '../servers/databases.ts'

type Graph = {
  readonly name: string
  readonly revisions: {
    readonly [id: string]: {
      readonly down?: readonly string[]
      readonly depends?: readonly string[]
      readonly labels?: readonly string[]
    }
  }
  readonly commands: readonly string[]
}

const read = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'alembic-heads', name), 'utf8'))
const graphs: readonly Graph[] = read('graphs.json')
/** What Alembic's own table holds after each command: see make.py. */
const heads: { readonly [graph: string]: readonly (readonly string[])[] } = read('heads.json')

/** What a revision does, by the way in which it meets transactions. */
const bodies = {
  'revisions that go out together': (id: string) =>
    `  op.createTable({ name: 't_${id}', columns: [{ name: 'id', type: 'int' }] })`,
  'revisions of several stages': (id: string) =>
    `  op.createTable({ name: 't_${id}', columns: [{ name: 'id', type: 'int' }] })
  op.createIndex({ table: 't_${id}', columns: ['id'], name: 'i_${id}', concurrently: true })`,
  'revisions that read the database': () => `  await op.query('SELECT 1')`,
  'revisions that do nothing': () => '',
}

async function project(graph: Graph, body: (id: string) => string) {
  return folder(
    Object.fromEntries(
      Object.entries(graph.revisions).map(([id, { down = [], depends, labels = [] }]) => [
        `migrations/${id}.ts`,
        revisionText(id, {
          down,
          labels,
          upgrade: body(id),
          ...(depends === undefined ? {} : { dependsOn: depends[0] ?? '' }),
          ...(body(id).includes('await') ? { downgrade: '' } : {}),
        }),
      ]),
    ),
  )
}

async function versions(database: TestDatabase): Promise<readonly string[]> {
  const rows = await database.query<{ version_num: string }>(
    'SELECT version_num FROM alembic_version ORDER BY 1',
  )
  return rows.map((row) => row.version_num)
}

/** What the table holds after each command. */
async function run(
  graph: Graph,
  {
    body,
    target,
    transaction = 'revision',
  }: {
    readonly body: (id: string) => string
    readonly target: Target
    readonly transaction?: TransactionMode
  },
): Promise<readonly (readonly string[])[]> {
  await using database = await target.open()
  await using files = await project(graph, body)
  const config = configOf(files, database)
  const after: (readonly string[])[] = []
  for (const command of graph.commands) {
    const [verb = '', to = ''] = command.split(' ')
    if (verb === 'upgrade') await upgrade(config, { to, transaction })
    if (verb === 'downgrade') await downgrade(config, { to, acceptLoss: true, transaction })
    if (verb === 'stamp') await stamp(config, [to])
    after.push(await versions(database))
  }
  return after
}

function configOf({ directory }: { readonly directory: string }, { url }: { readonly url: string }): Config {
  return { directory, database: url, alembic: { keepVersionTable: true }, lint: 'off' }
}

describe.each(servers())('Alembic’s table on $name holds what Alembic would leave there', (target) => {
  describe.each(Object.entries(bodies))('with %s', (_, body) => {
    test.each(graphs)('$name', async (graph) => {
      expect(await run(graph, { body, target })).toEqual(heads[graph.name])
    })
  })

  test.each(graphs)('with everything in one transaction: $name', async (graph) => {
    const body = bodies['revisions that go out together']
    expect(await run(graph, { body, target, transaction: 'all' })).toEqual(heads[graph.name])
  })

  test('written by a script', async () => {
    const graph = graphNamed('branches and a merge')
    await using database = await target.open()
    await using files = await project(graph, bodies['revisions of several stages'])
    const config = configOf(files, database)
    const scripts = [
      (await offlineUpgrade(config, { range: 'd' })).sql,
      (await offlineUpgrade(config, { range: 'd:n' })).sql,
      (await offlineDowngrade(config, { range: 'n:b' })).sql,
      (await offlineStamp(config, ['m'])).sql,
    ]
    const after: (readonly string[])[] = []
    await using connection = disposable(await connect(database.url))
    for (const script of scripts) {
      await runScript(connection, script)
      after.push(await versions(database))
    }
    expect(after).toEqual([['d'], ['n'], ['b', 'd'], ['m']])
    await database.query("UPDATE alembic_version SET version_num = 'd'")
    const again = (await offlineUpgrade(config, { range: 'm:n' })).sql
    await expect(runScript(connection, again)).rejects.toThrow(
      'the database is not where this script starts: Alembic\'s table "public"."alembic_version" holds d',
    )
    expect((await status(config)).applied.map(({ id }) => id)).not.toContain('n')
  })
})

test('on PGlite too', async () => {
  const graph = graphNamed('several that depend on one')
  const target = targets.find(({ kind }) => kind === 'pglite')
  if (target === undefined) throw new Error('PGlite is a target of every run.')
  const body = bodies['revisions that go out together']
  expect(await run(graph, { body, target })).toEqual(heads[graph.name])
})

const line = graphNamed('a line')

test('an upgrade is refused once Alembic went on by itself, until that is taken over', async () => {
  await using database = await newestServer().open()
  await using files = await project(line, bodies['revisions that do nothing'])
  const config = configOf(files, database)
  await upgrade(config, { to: 'a' })
  await database.query("UPDATE alembic_version SET version_num = 'b'")
  await expect(upgrade(config)).rejects.toMatchObject({
    code: 'VERSION_TABLE_APART',
    versions: { table: ['b'], ledger: ['a'] },
  })
  expect((await current(config)).otherTools).toMatchObject([{ tool: 'alembic', ahead: ['b'], behind: [] }])
  expect(await stampFrom(config, 'alembic')).toMatchObject({ marked: ['b'], unmarked: [] })
  await upgrade(config)
  expect(await versions(database)).toEqual(['c'])
  await database.query("UPDATE alembic_version SET version_num = 'a'")
  expect((await current(config)).otherTools).toMatchObject([{ ahead: [], behind: ['b', 'c'] }])
  expect(await stampFrom(config, 'alembic')).toMatchObject({ marked: [], unmarked: ['b', 'c'] })
})

test('a failed revision leaves the table as it was, and a table that is not there is made as it has to be', async () => {
  await using database = await newestServer().open()
  await using files = await project(line, (id) => (id === 'c' ? "  op.execute({ sql: 'SELECT 1 / 0' })" : ''))
  const config = configOf(files, database)
  await upgrade({ ...config, alembic: {} }, { to: 'a' })
  await expect(upgrade(config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
  expect(await versions(database)).toEqual(['b'])
})

test('a revision that was put below an applied one changes nothing: Alembic counts it as there', async () => {
  await using database = await newestServer().open()
  await using files = await project(graphNamed('branches and a merge'), bodies['revisions that do nothing'])
  const config = configOf(files, database)
  await upgrade(config, { to: 'n' })
  await database.query("DELETE FROM limbeck.revision WHERE id IN ('c', 'd')")
  await upgrade(config, { to: 'c' })
  expect(await versions(database)).toEqual(['n'])
})

test('for Alembic, a squashed revision is the last of those that it replaces', async () => {
  await using database = await newestServer().open()
  await using files = await project(line, bodies['revisions that do nothing'])
  await files.write({
    'migrations/s.ts': `${revisionText('s', { upgrade: '' }).replace('export const createDate', "export const replaces = ['a', 'b']\nexport const createDate")}`,
  })
  const config = configOf(files, database)
  await upgrade(config, { to: 's' })
  expect(await versions(database)).toEqual(['b'])
  await upgrade(config)
  expect(await versions(database)).toEqual(['c'])
})

test('a name that Alembic’s table has no room for fails as a whole', async () => {
  await using database = await newestServer().open()
  const long = 'a_name_of_more_than_thirty_two_characters'
  await using files = await folder({ 'migrations/long.ts': revisionText(long, { upgrade: '' }) })
  const config = configOf(files, database)
  await expect(upgrade(config)).rejects.toThrow('value too long for type character varying(32)')
  expect((await status(config)).applied).toEqual([])
})

function graphNamed(name: string): Graph {
  const graph = graphs.find((one) => one.name === name)
  if (graph === undefined) throw new Error(`graphs.json has no graph "${name}".`)
  return graph
}

function disposable(connection: Connection): Connection & AsyncDisposable {
  return { ...connection, [Symbol.asyncDispose]: () => connection.close() }
}
