/**
 * The tour: six migrations on 20,000 users in an embedded PostgreSQL, up, down and up again, with a check at each turn
 * that nothing was lost. It uses the command line as you would, on the project in examples/six.
 */
import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { main } from '../src/cli/main.ts'
import { makeStyle } from '../src/cli/style.ts'
import { terminal } from '../src/cli/terminal.ts'
import { duration } from '../src/cli/text.ts'
import { connect } from '../src/connection/connect.ts'

const project = join(import.meta.dirname, 'six')
const directory = join(tmpdir(), `limbeck-demo-${process.pid}`)
const database = `pglite:${directory}`
const screen = terminal()
const style = makeStyle(screen.colours)
const began = performance.now()

try {
  say('A first revision makes the tables; then come 20,000 users.')
  await limbeck('upgrade', 'previous_rev')
  await load(join(project, 'users.sql'))
  const start = await fingerprint()

  say('What would run next. Nothing is changed by asking.')
  await limbeck('plan', '--no-sql')

  say(
    'The six migrations. Stages are transactions; what refuses one, and what takes long, is a stage of its own.',
  )
  await limbeck('upgrade')
  await limbeck('history', '-i')
  const top = await fingerprint()

  say('All the way back to where the users came in. What that loses is said before.')
  await limbeck('downgrade', 'previous_rev', '--yes')
  compare('the users are what they were, to the last byte', start, await fingerprint())

  say('Down to nothing, and up again from nothing.')
  await limbeck('downgrade', 'base', '--yes')
  await limbeck('upgrade', 'previous_rev')
  await load(join(project, 'users.sql'))
  await limbeck('upgrade')
  compare('and again as after the first time', top, await fingerprint())

  say(`That was everything, in ${duration(performance.now() - began)}. Now yours:`)
  screen.print(`  npx limbeck init        a config file, a folder, a first revision
  npx limbeck plan        what would run, and its SQL
  npx limbeck upgrade     run it: on an embedded database until you name another
  npx limbeck --help      everything else

  The migrations that just ran are in examples/six/migrations; the guide is in docs/guide.
`)
} finally {
  rmSync(directory, { recursive: true, force: true })
}

function say(text: string): void {
  screen.print(`\n${style.accent('──')} ${style.strong(text)}\n\n`)
}

/** Runs a command and shows it as it would be typed. */
async function limbeck(...words: readonly string[]): Promise<void> {
  screen.print(`${style.faint('$')} limbeck ${words.join(' ')}\n`)
  const exitCode = await main(
    [...words, '--config', join(project, 'limbeck.config.ts'), '--database-url', database],
    screen,
  )
  screen.print('\n')
  if (exitCode !== 0) process.exit(exitCode)
}

async function load(file: string): Promise<void> {
  const connection = await connect(database)
  await connection.run(readFileSync(file, 'utf8'))
  await connection.run('ANALYZE')
  await connection.close()
}

/** A digest of every user and every preference, whatever the columns are called just now. */
async function fingerprint(): Promise<string> {
  const connection = await connect(database)
  const [result] = await connection.run(`SELECT string_agg(
    concat_ws('|', id, email, name, status, preferences, created_at, deleted_at), E'\\n' ORDER BY id) AS users FROM users`)
  await connection.close()
  return createHash('sha256').update(String(result?.rows[0]?.['users'])).digest('hex')
}

function compare(claim: string, before: string, after: string): void {
  if (before !== after) throw new Error(`Not so: ${claim}.`)
  screen.print(`${style.good('✓')} ${claim}\n`)
}
