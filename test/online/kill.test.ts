import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { testProject } from '../migrate/project.ts'
import { isWhole, servers, type TestDatabase } from '../servers/databases.ts'

const isFull = process.env['LIMBECK_CRASH'] === 'full'
const kills = isFull ? 50 : 5
const rows = kills * 300

/** Each form does something to a row that shows how often it was done. */
const forms = {
  set: "table: 'users', set: { done: op.sql`done + 1` }",
  'set on two sessions': "table: 'users', set: { done: op.sql`done + 1` }, sessions: 2",
  copy: "table: 'users', into: { table: 'made', columns: ['user_id'] }, select: op.sql`SELECT id`",
  delete: "table: 'users', delete: true, where: op.sql`done = 0`",
  transform: `table: 'users', columns: ['id'], into: { table: 'made', columns: ['user_id'] }, transform: ({ id }) => ({ user_id: id })`,
  process: `table: 'users', columns: ['id'],
    process: (users, transaction) => transaction.query("INSERT INTO made SELECT unnest('{" + users.map(({ id }) => id).join() + "}'::int[])")`,
}

const given = `CREATE TABLE users (id int PRIMARY KEY, done int NOT NULL DEFAULT 0);
  INSERT INTO users SELECT n FROM generate_series(1, ${rows}) n; ANALYZE users;
  CREATE TABLE made (user_id int NOT NULL);
  CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM pg_sleep(0.001); RETURN NEW; END$$;
  CREATE TRIGGER slowly BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION slowly();
  CREATE TRIGGER slowly BEFORE INSERT ON made FOR EACH ROW EXECUTE FUNCTION slowly();
  CREATE FUNCTION gone() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN INSERT INTO made VALUES (OLD.id); RETURN OLD; END$$;
  CREATE TRIGGER gone AFTER DELETE ON users FOR EACH ROW EXECUTE FUNCTION gone()`

/** How many rows were done not at all, and how many more than once. */
const wrong = {
  users:
    'SELECT count(*) FILTER (WHERE done = 0)::int AS lost, count(*) FILTER (WHERE done > 1)::int AS repeated FROM users',
  made: `SELECT count(*) FILTER (WHERE n IS NULL)::int AS lost, count(*) FILTER (WHERE n > 1)::int AS repeated
    FROM generate_series(1, ${rows}) id LEFT JOIN (SELECT user_id, count(*) AS n FROM made GROUP BY 1) m ON user_id = id`,
}

const program = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url))

const asked = servers()

describe.each(asked)(`a backfill that is killed ${kills} times on $name`, (server) => {
  // Each form on one server in turn, or all on all.
  const its = Object.entries(forms).filter(
    (_, n) => isFull || isWhole || n % asked.length === asked.indexOf(server),
  )
  test.for(its)('by %s repeats no row and loses none', { timeout: 300_000 }, async ([form, backfill]) => {
    await using database = await server.open()
    await database.query(given)
    await using project = await testProject({ id: 'filled', upgrade: `  op.backfill({ ${backfill} })` })
    const directory = join(project.migrations, '..')
    await writeFile(
      join(directory, 'limbeck.config.ts'),
      'export default { batchRows: 20, batchMilliseconds: 20, lockTimeout: 5000 }\n',
    )
    const run = () =>
      spawn(process.execPath, [program, 'upgrade', '--database-url', database.url], {
        cwd: directory,
        stdio: 'ignore',
      })
    let struck = 0
    for (let n = 0; n < kills; n++) {
      const child = run()
      const ended = once(child, 'close')
      await progressed(database)
      await sleep(Math.random() * 40)
      child.kill('SIGKILL')
      await ended
      if ((await batches(database)) < Number.POSITIVE_INFINITY) struck++
    }
    // A kill behind the end would prove nothing.
    expect(struck).toBeGreaterThan(kills / 2)
    const [exitCode] = await once(run(), 'close')
    expect(exitCode).toBe(0)
    const [found] = await database.query(form.startsWith('set') ? wrong.users : wrong.made)
    expect(found).toEqual({ lost: 0, repeated: 0 })
  })
})

/** How many batches are done; without end where all of them are. */
async function batches(database: TestDatabase): Promise<number> {
  const [row] = await database
    .query(
      'SELECT sum(batches)::int AS batches, bool_and(cursor = upper) AS done FROM limbeck.backfill_range',
    )
    .catch(() => [{ batches: 0, done: false }])
  return row?.['done'] === true ? Number.POSITIVE_INFINITY : Number(row?.['batches'] ?? 0)
}

/** Waits until a batch more is done than now. */
async function progressed(database: TestDatabase): Promise<void> {
  const before = await batches(database)
  for (let n = 0; n < 2_000 && (await batches(database)) === before; n++) await sleep(3)
}
