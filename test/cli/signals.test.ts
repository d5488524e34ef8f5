import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { TestDatabase } from '../servers/databases.ts'
import { chain, configText, folder } from './folder.ts'
import { type Sample, sample } from './sample.ts'

const program = join(import.meta.dirname, '..', '..', 'src', 'cli', 'bin.ts')

/** 400 rows that are filled in batches of about ten, each of which takes 30 ms: more than a second. */
const longBackfill = chain({
  rows: {
    upgrade: `  op.execute({ sql: 'CREATE TABLE rows (id int PRIMARY KEY, filled int)', inverse: null })
  op.execute({ sql: 'INSERT INTO rows SELECT n FROM generate_series(1, 400) n; ANALYZE rows', inverse: null })`,
  },
  between: {},
  fill: {
    upgrade: `  op.addColumn({ table: 'rows', column: { name: 'note', type: 'text' } })
  op.backfill({ table: 'rows', set: { filled: op.sql\`coalesce(filled, 0) + 1 + (SELECT 0 FROM pg_sleep(0.03))\` } })`,
  },
  after: {},
})

describe.each([
  { signal: 'SIGINT', code: 130 },
  { signal: 'SIGTERM', code: 143 },
] as const)('$signal in the middle of a long backfill', ({ signal, code }) => {
  test('stops at the next safe point, says what is done and what is not, and the next run goes on from there', async () => {
    await using project = await backfillProject()
    const run = start(project, 'upgrade')
    await waitFor(project.database, 'SELECT FROM limbeck.backfill_range WHERE batches > 2')
    run.process.kill(signal)
    const { exitCode, err } = await run.ended
    expect(exitCode).toBe(code)
    expect(err).toContain('Stopping at the next safe point; once more to stop at once.')
    expect(err).not.toContain('error')
    expect(
      err.slice(err.indexOf('interrupted')).replaceAll(/\d+ of/g, 'N of'),
    ).toBe(`interrupted  Stopped as asked, in fill.

  ✓  done       between
  …  half done  fill: add column rows.note is done; N of about 400 rows of the backfill rows.filled
  ·  not begun  after

hint   What is done is recorded and stays. Run the same command again: it goes on from there.
`)
    expect((await project.limbeck('status')).out).toMatch(
      /interrupted {2}upgrade of fill, .*\n {4}✓ 1 add column rows.note\n {4}· 2 backfill rows.filled\n {4}"limbeck upgrade" goes on/,
    )
    const { filled } = await filledRows(project.database)
    expect(filled).toBeGreaterThan(0)
    expect(filled).toBeLessThan(400)

    const again = await project.limbeck('upgrade')
    expect(again).toMatchObject({
      exitCode: 0,
      err: expect.stringContaining('fill (goes on where it stopped)'),
    })
    expect(await filledRows(project.database)).toEqual({ filled: 400, total: 400 })
  })
})

test('a second SIGINT ends at once, and the server rolls back what was open', async () => {
  await using project = await sample(
    chain({
      slow: {
        upgrade: "  op.execute({ sql: 'CREATE TABLE slow (); SELECT pg_sleep(600)', inverse: null })",
      },
    }),
  )
  const run = start(project, 'upgrade')
  await waitFor(
    project.database,
    "SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()",
  )
  run.process.kill('SIGINT')
  await waitUntil(() => run.err().includes('once more to stop at once'))
  run.process.kill('SIGINT')
  const { exitCode, err } = await run.ended
  expect(exitCode).toBe(130)
  expect(err).toContain('Stopped at once. Run the same command again')
  await project.database.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()",
  )
  expect(await project.report('status')).toMatchObject({ current: [], unfinished: [] })
  expect(await project.database.query("SELECT to_regclass('slow') AS slow")).toEqual([{ slow: null }])
})

test('an interruption while another runner holds the lease stops before anything is begun', async () => {
  await using project = await sample()
  await using holder = await project.database.connect()
  await holder.query("SELECT pg_advisory_lock(hashtextextended('limbeck:limbeck', 0))")
  const interrupt = new AbortController()
  const { exitCode, err } = await project.at({
    signal: interrupt.signal,
    onError: (text) => text.includes('waiting for another runner to end') && interrupt.abort(),
  })('upgrade')
  expect(exitCode).toBe(130)
  expect(err).toContain('waiting for another runner to end (session ')
  expect(err).toContain('interrupted  Stopped as asked, before anything was begun.')
})

test('an interruption between two looks at rows is told as one', async () => {
  await using project = await backfillProject()
  await project.report('upgrade')
  const interrupt = new AbortController()
  interrupt.abort()
  const outcome = await project.at({ signal: interrupt.signal })('backfill', 'verify')
  expect(outcome).toMatchObject({
    exitCode: 130,
    err: expect.stringContaining('interrupted  Stopped as asked, in fill.'),
  })
})

test('a program is told of an interruption with how far it is', async () => {
  await using project = await backfillProject()
  const interrupt = new AbortController()
  const { exitCode, out, err } = await project.at({
    signal: interrupt.signal,
    onError: (text) => text.includes('"type":"backfill"') && interrupt.abort(),
  })('upgrade', '--json', '--events')
  expect(exitCode).toBe(130)
  const standing = {
    done: ['between'],
    halfDone: { revision: 'fill', backfill: { title: 'rows.filled', estimated: 400 } },
    notBegun: ['after'],
  }
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'INTERRUPTED', standing } })
  expect(JSON.parse(err.trim().split('\n').at(-1) ?? '')).toMatchObject({
    type: 'interrupted',
    error: { code: 'INTERRUPTED', standing },
  })
})

/** Longer than a test may take: what waits for it fails. */
const endless = 'DO $$BEGIN LOOP END LOOP; END$$'
const endlessly = { upgrade: `  op.execute({ sql: '${endless}', inverse: null })` }

describe.each([
  { signal: 'SIGINT', code: 130 },
  { signal: 'SIGTERM', code: 143 },
] as const)('the first $signal ends what changes nothing but a scratch', ({ signal, code }) => {
  test.each([
    { words: ['revision', '--autogenerate', '-m', 'more'], schema: endless, revision: {} },
    { words: ['revision', '--autogenerate', '-m', 'more'], schema: 'CREATE TABLE t ()', revision: endlessly },
    { words: ['check'], schema: endless, revision: {} },
    { words: ['diff', 'head', 'schema'], schema: endless, revision: {} },
    { words: ['squash', 'base:head'], schema: '', revision: endlessly },
    { words: ['types', 'head'], schema: '', revision: endlessly },
  ])('$words.0: $schema', async ({ words, schema, revision }) => {
    await using project = await folder({
      'limbeck.config.ts': configText({ schema: 'schema.sql' }),
      'schema.sql': schema,
      ...chain({ first: {}, second: revision }),
    })
    const run = start(project, ...words)
    // Somewhere in the middle: wherever it is, it has to end.
    await sleep(2_000)
    run.process.kill(signal)
    const { exitCode, out, err } = await run.ended
    expect({ exitCode, out }).toEqual({ exitCode: code, out: '' })
    expect(err).toContain('interrupted  Stopped as asked. Nothing was written.')
    expect((await readdir(join(project.directory, 'migrations'))).sort()).toEqual(['first.ts', 'second.ts'])
  })
})

test.each([
  ['revision', '--autogenerate', '-m', 'more'],
  ['diff', 'head', 'schema'],
])('an interrupted %s leaves no scratch on a server', async (...words) => {
  await using project = await sample({ ...chain({ first: {} }), 'schema.sql': 'SELECT pg_sleep(60)' })
  const config = {
    database: project.database.url,
    lint: 'off' as const,
    schema: 'schema.sql',
    autogenerate: { shadow: 'beside' },
  }
  await project.write({ 'limbeck.config.ts': configText(config) })
  const isOurs =
    "application_name = 'limbeck' AND query LIKE '%pg_sleep(60)%' AND datname LIKE 'limbeck_scratch%'"
  const interrupt = new AbortController()
  const run = project.at({ signal: interrupt.signal })(...words)
  await using session = await project.database.connect()
  const [scratch] = await rowsOf(() => session.query(`SELECT datname FROM pg_stat_activity WHERE ${isOurs}`))
  interrupt.abort()
  expect(await run).toMatchObject({
    exitCode: 130,
    out: '',
    err: expect.stringContaining('Nothing was written.'),
  })
  expect(
    await session.query(`SELECT FROM pg_database WHERE datname = '${String(scratch?.['datname'])}'`),
  ).toEqual([])
  expect(await readdir(join(project.directory, 'migrations'))).toEqual(['first.ts'])
})

test.each([
  "{ command: 'sleep 600; echo' }",
  '() => new Promise(() => {})',
  '{ make: () => new Promise(() => {}) }',
])('nobody waits after an interruption for what declares the schema: %s', async (schema) => {
  await using project = await folder({
    'limbeck.config.ts': `export default { schema: ${schema} }`,
    ...chain({ first: {} }),
  })
  const interrupt = new AbortController()
  setTimeout(() => interrupt.abort(), 1_500)
  const outcome = await project.at({ signal: interrupt.signal })('revision', '--autogenerate', '-m', 'more')
  expect(outcome).toMatchObject({ exitCode: 130, err: expect.stringContaining('Nothing was written.') })
})

describe('the process itself', () => {
  test('ends with the exit code of its command', async () => {
    await using project = await sample()
    expect((await start(project, 'check').ended).exitCode).toBe(3)
    expect((await start(project, 'downgrade').ended).exitCode).toBe(2)
    expect((await start(project, 'upgrade', 'nowhere').ended).exitCode).toBe(1)
    expect((await start(project, 'upgrade').ended).exitCode).toBe(0)
  })

  test('prints colours where FORCE_COLOR asks for them, and none into a pipe or where NO_COLOR is set', async () => {
    await using project = await sample()
    const headsIn = async (environment: { [name: string]: string }) =>
      (await startIn(environment, project, 'heads').ended).out
    expect(await headsIn({})).not.toContain('\u001b[')
    expect(await headsIn({ FORCE_COLOR: '1' })).toContain('\u001b[')
    expect(await headsIn({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain('\u001b[')
  })

  test('says which Node it needs to one that is older, and lacks what a newer one has', async () => {
    const { engines } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8'))
    const [, major = '', minor = ''] = String(engines.node).match(/^>=(\d+)\.(\d+)$/) ?? []
    const older = `${major}.${Number(minor) - 1}.0`
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${older}' } });
      process.getBuiltinModule = undefined`
    const preload = `--import=data:text/javascript,${encodeURIComponent(pretend)}`
    const run = spawnSync(process.execPath, [preload, program, 'heads'], { encoding: 'utf8' })
    expect([run.status, run.stdout, run.stderr]).toEqual([
      1,
      '',
      `Limbeck needs Node ${major}.${minor} or newer; this is ${older}.\n`,
    ])
  })

  test('does not mind that nobody reads to the end', async () => {
    await using project = await sample()
    const { stdout, stderr } = spawnSync(
      'bash',
      ['-c', 'set -o pipefail; "$0" "$1" history -v | true; echo $?', process.execPath, program],
      { cwd: project.directory, encoding: 'utf8' },
    )
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' })
  })
})

type Run = {
  readonly process: ChildProcess
  /** What it has said to stderr so far. */
  err(): string
  readonly ended: Promise<{ readonly exitCode: number | null; readonly out: string; readonly err: string }>
}

type Place = Pick<Sample, 'directory'>

/** Starts a command in a process of its own. */
function start(project: Place, ...words: readonly string[]): Run {
  return startIn({}, project, ...words)
}

function startIn(environment: { [name: string]: string }, project: Place, ...words: readonly string[]): Run {
  const { FORCE_COLOR: _, NO_COLOR: __, ...inherited } = process.env
  const child = spawn(process.execPath, [program, ...words], {
    cwd: project.directory,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text
  })
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode, out, err }))
  return { process: child, err: () => err, ended }
}

async function backfillProject(): Promise<Sample> {
  const project = await sample(longBackfill)
  const config = {
    database: project.database.url,
    lint: 'off' as const,
    batchRows: 10,
    batchMilliseconds: 30,
  }
  await project.write({ 'limbeck.config.ts': configText(config) })
  await project.report('upgrade', 'rows')
  return project
}

/** How many rows the backfill has written, each once: one that it met twice would count double. */
async function filledRows(database: TestDatabase) {
  const [row] = await database.query<{ filled: number; total: number }>(
    'SELECT count(filled)::int AS filled, coalesce(sum(filled), 0)::int AS total FROM rows',
  )
  return row ?? { filled: 0, total: 0 }
}

/** Asks until there is a row. */
async function waitFor(database: TestDatabase, sql: string): Promise<void> {
  await using session = await database.connect()
  await waitUntil(async () => (await session.query(sql)).length > 0)
}

/** Asks until there is something. */
async function rowsOf<Row>(ask: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
  for (;;) {
    const rows = await ask()
    if (rows.length > 0) return rows
    await sleep(20)
  }
}

async function waitUntil(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20)
}
