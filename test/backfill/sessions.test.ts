import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { connect } from '../../src/connection/connect.ts'
import { acquireLease, leaseName, shareLease } from '../../src/connection/lease.ts'
import { upgrade } from '../../src/index.ts'
import { testProject } from '../migrate/project.ts'
import { servers, type TestDatabase } from '../servers/databases.ts'

const rows = 4_000
/** Then a range is 500 rows. */
const batchRows = 20

const given = `CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), n int NOT NULL);
  CREATE TABLE numbers (user_id uuid NOT NULL, n int NOT NULL);
  INSERT INTO users (n) SELECT n FROM generate_series(1, ${rows}) n; ANALYZE users`

const numbers = (transform = '({ id, n }) => ({ user_id: id, n })', before = '') => ({
  id: 'numbers',
  upgrade: `${before}  op.backfill({
    table: 'users',
    columns: ['id', 'n'],
    into: { table: 'numbers', columns: ['user_id', 'n'] },
    transform: ${transform},
  })`,
})

/** What must hold in the end: each row was done once, and the ledger knows it. */
async function expectEachOnce(database: TestDatabase): Promise<void> {
  expect(
    await database.query('SELECT count(*)::int AS rows, count(DISTINCT n)::int AS different FROM numbers'),
  ).toEqual([{ rows, different: rows }])
  expect(
    await database.query(
      'SELECT count(*)::int AS ranges, sum(rows_scanned)::int AS scanned, sum(rows_written)::int AS written FROM limbeck.backfill_range',
    ),
  ).toEqual([{ ranges: 8, scanned: rows, written: rows }])
}

describe.each(servers())('a backfill on two sessions on $name', (server) => {
  test('cuts the table into ranges that follow one another, and does each row once', async () => {
    await using database = await server.open()
    await database.query(given)
    await using project = await testProject(numbers())
    await upgrade({ migrations: project.migrations, database: database.url, lint: 'off' as const, batchRows })
    await expectEachOnce(database)
    const gaps = await database.query(
      `SELECT * FROM (SELECT ordinal, lower, lag(upper) OVER (ORDER BY ordinal) AS before FROM limbeck.backfill_range) r
      WHERE lower IS DISTINCT FROM before`,
    )
    expect(gaps).toEqual([])
  })

  test('survives SIGKILL at any moment: no row is repeated, none is lost', async () => {
    const program = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url))
    for (let round = 0; round < 3; round++) {
      await using database = await server.open()
      await database.query(given)
      await using project = await testProject(numbers())
      const config = {
        migrations: project.migrations,
        database: database.url,
        lint: 'off' as const,
        batchRows,
      }
      const words = [program, 'upgrade', '--migrations', project.migrations, '--database-url', database.url]
      await writeFile(
        `${project.migrations}/../limbeck.config.ts`,
        `export default { batchRows: ${batchRows} }\n`,
      )
      for (let kills = 0; kills < 4; kills++) {
        const child = spawn(process.execPath, words, { cwd: `${project.migrations}/..`, stdio: 'ignore' })
        const ended = once(child, 'close')
        await Promise.race([ended, sleep(250 + Math.random() * 400)])
        child.kill('SIGKILL')
        await ended
      }
      await upgrade(config)
      await expectEachOnce(database)
    }
  })

  test('stops both where a row cannot be done, and goes on from both checkpoints', async () => {
    await using database = await server.open()
    await database.query(given)
    const failing = `({ id, n }) => { if (n === ${rows / 2}) throw new Error('no such row'); return { user_id: id, n } }`
    await using project = await testProject(numbers(failing))
    const config = { migrations: project.migrations, database: database.url, lint: 'off' as const, batchRows }
    await expect(upgrade(config)).rejects.toMatchObject({ cause: { code: 'TRANSFORM_FAILED' } })
    await project.write(numbers())
    await upgrade(config)
    await expectEachOnce(database)
  })

  test('gives the further session the search_path that the revision has chosen', async () => {
    await using database = await server.open()
    await database.query(`CREATE SCHEMA app; SET search_path = app; ${given}; RESET search_path`)
    const chosen = "  op.execute({ sql: 'SET search_path = app', inverse: null })\n"
    await using project = await testProject(numbers(undefined, chosen))
    await upgrade({ migrations: project.migrations, database: database.url, lint: 'off' as const, batchRows })
    expect(await database.query('SELECT count(*)::int AS rows FROM app.numbers')).toEqual([{ rows }])
  })

  test('keeps the lease with a session that outlives the one that had it', async () => {
    await using database = await server.open()
    const name = leaseName('limbeck')
    const [holder, further, next] = [
      await connect(database.url),
      await connect(database.url),
      await connect(database.url),
    ]
    const patience = { name, waitMilliseconds: 300 }
    await acquireLease(holder, patience)
    await shareLease(further, name)
    await holder.close()
    await expect(acquireLease(next, patience)).rejects.toMatchObject({ code: 'LEASE_TIMEOUT' })
    await further.close()
    await expect(acquireLease(next, { ...patience, waitMilliseconds: 5_000 })).resolves.not.toBeNull()
    await next.close()
  })
})
