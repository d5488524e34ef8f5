import { describe, expect, test } from 'vitest'
import { progressPrinter } from '../../src/cli/progress.ts'
import { makeStyle } from '../../src/cli/style.ts'
import type { MigrateEvent } from '../../src/index.ts'
import type { Blocker } from '../../src/migrate/blockers.ts'
import type { StatementProgress } from '../../src/migrate/statement-progress.ts'
import { chain } from './folder.ts'
import { sample } from './sample.ts'

const revision = 'find_users'
const blocker: Blocker = {
  processId: 4711,
  preparedAs: null,
  user: 'app',
  application: 'shop web',
  state: 'idle in transaction',
  seconds: 92,
  query:
    "UPDATE users\n  SET name = 'Ann' WHERE id = 17 AND name IS DISTINCT FROM 'Ann' AND deleted_at IS NULL",
  backend: 'client backend',
  waits: false,
  transaction: '3/17',
}
const unknown: StatementProgress = {
  command: null,
  relation: null,
  index: null,
  phase: null,
  amount: null,
  bytes: null,
  seconds: 12.34,
}
const building = {
  ...unknown,
  command: 'CREATE INDEX CONCURRENTLY',
  relation: 'users',
  index: 'users_name_idx',
  phase: 'building index: scanning table',
  amount: { done: 2_912, total: 5_608, unit: 'blocks' },
} as const

const esc = '\u001b'
const pieces = new RegExp(`${esc}\\[K|${esc}\\[1A|\\r|\\n|[^${esc}\\r\\n]+`, 'g')

/** What is on the screen after these events, on a terminal of that width; or in a log. */
function told(events: readonly MigrateEvent[], width: number, interactive = true): string {
  let screen: string[] = ['']
  const write = (text: string) => {
    for (const [part] of text.matchAll(pieces)) {
      if (part === '\n') screen.push('')
      else if (part === '\u001b[1A') screen = screen.slice(0, -1)
      else if (part === '\u001b[K') screen[screen.length - 1] = ''
      else if (part !== '\r') screen[screen.length - 1] += part
    }
  }
  const tell = progressPrinter({ interactive, width, wrap: null, write }, makeStyle(false))
  for (const event of events) tell(event)
  return screen.join('\n').trimEnd()
}

const begun: MigrateEvent = {
  type: 'stage-started',
  revision,
  ordinal: 1,
  kind: 'procedure',
  titles: ['create index users_name_idx on users'],
}
const at = (progress: StatementProgress): MigrateEvent => ({ type: 'statement-progress', revision, progress })

describe('a terminal of 80 columns', () => {
  test('shows a build as its stage and a bar, drawn over and over', () => {
    const later = { ...building, amount: { ...building.amount, done: 5_608 }, seconds: 61 }
    expect(told([begun, at(building)], 80)).toBe(`\
  · create index users_name_idx on users
    ████████░░░░░░░░  51 %  building index: scanning table             12.3 s`)
    expect(told([begun, at(building), at(later)], 80)).toBe(`\
  · create index users_name_idx on users
    ████████████████ 100 %  building index: scanning table         1 min 01 s`)
  })

  test('shows the table where PostgreSQL tells nothing', () => {
    expect(told([begun, at({ ...unknown, relation: 'users', bytes: 230_686_720 })], 80)).toBe(`\
  · create index users_name_idx on users
    at work on users, 220 MB                                           12.3 s`)
  })

  test('keeps who is in the way, and puts the stage that is done in the place of its bar', () => {
    const done: MigrateEvent = { ...begun, type: 'stage-done', milliseconds: 93_000, skipped: false }
    const ended: MigrateEvent = { type: 'blocker-terminated', revision, blocker, seconds: 60 }
    const blocked: MigrateEvent = { type: 'blocked', revision, blockers: [blocker] }
    const text = told([begun, at(building), blocked, at(building), ended, at(building), done], 80)
    expect(text).toBe(`\
  … waiting for session 4711, open for 1 min 32 s (idle in transaction, shop w…
    UPDATE users SET name = 'Ann' WHERE id = 17 AND name IS DISTINCT FROM 'Ann…
  ✂ session 4711 was ended: it has blocked this run for 1 min 00 s
  ✓ create index users_name_idx on users                           1 min 33 s`)
    for (const line of text.split('\n')) expect(line.length).toBeLessThan(80)
  })

  test('says what can be done about who was not ended', () => {
    const prepared = { ...blocker, processId: null, preparedAs: 'transfer 7', application: null, query: null }
    const spared: MigrateEvent = {
      type: 'blocker-spared',
      revision,
      blocker: prepared,
      reason: 'it has no session',
      hint: "End it with COMMIT PREPARED or ROLLBACK PREPARED 'transfer 7'.",
    }
    expect(told([{ type: 'in-the-way', revision, blockers: [prepared] }, spared], 80)).toBe(`\
  … in the way: prepared transaction "transfer 7", open for 1 min 32 s (app)
  ! prepared transaction "transfer 7" was not ended: it has no session
    End it with COMMIT PREPARED or ROLLBACK PREPARED 'transfer 7'.`)
  })
})

test('a wide terminal shows how much of how much', () => {
  expect(told([begun, at(building)], 120)).toBe(`\
  · create index users_name_idx on users
    ████████████░░░░░░░░░░░░  51 %  building index: scanning table, 2,912 of 5,608 blocks                      12.3 s`)
})

test('a log has no bars: a line each half minute would be the first', () => {
  expect(told([begun, at(building), at(building)], 100, false)).toBe('')
})

const busy = chain({
  busy: { upgrade: "  op.execute({ sql: 'CREATE TABLE busy (id int)', inverse: null })" },
  column: { upgrade: "  op.addColumn({ table: 'busy', column: { name: 'n', type: 'int' } })" },
})

test('--terminate-blockers-after ends who blocks, and --events tells it as JSON, a line each', async () => {
  await using project = await sample(busy)
  await project.limbeck('upgrade', 'busy')
  await using other = await project.database.connect()
  await other.query('BEGIN; SELECT FROM busy')
  const { exitCode, out, err } = await project.limbeck(
    'upgrade',
    '--terminate-blockers-after',
    '0.2',
    '--events',
    '--json',
  )
  expect(exitCode).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ applied: [{ id: 'column' }] })
  const events: MigrateEvent[] = err
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(events).toContainEqual(expect.objectContaining({ type: 'blocker-terminated', revision: 'column' }))
  await expect(other.query('SELECT 1')).rejects.toThrow()
})

test.each(['0', '-1', 'soon', ''])('--terminate-blockers-after %j is refused', async (seconds) => {
  await using project = await sample(busy)
  const { exitCode, err } = await project.limbeck('upgrade', `--terminate-blockers-after=${seconds}`)
  expect(exitCode).toBe(2)
  expect(err).toContain(
    `--terminate-blockers-after takes a number of seconds above 0, not ${JSON.stringify(seconds)}.`,
  )
  expect(err).toContain('Leave it out, and no session is ever ended.')
})
