import { describe, expect, test } from 'vitest'
import { downgrade, MigrationFailed, upgrade } from '../../src/index.ts'
import { factsOf } from '../../src/operations/operations.ts'
import { bulkInsert } from '../../src/operations/registry.ts'
import { bindSql, inlineSql, sql } from '../../src/sql/tag.ts'
import { InvalidValue, type Value } from '../../src/sql/value.ts'
import { testProject } from '../migrate/project.ts'
import { servers, type TestDatabase, targets } from '../servers/databases.ts'
import {
  appliedRevisions,
  errorOf,
  indexes,
  newest,
  populated,
  preferences,
  relations,
  sixOn,
  start,
  stopInBackfill,
  upgradedTo,
  userId,
} from './base.ts'
import { messagesOf } from './watch.ts'

const migratePreferences = (database: TestDatabase) => upgrade(sixOn(database), { to: 'migrate_prefs' })

/** Two batches: four users of five have preferences, and the first batch is of a thousand rows. */
const users = 2_500
const withPreferences = 2_000

/** Users whose JSON is not what their rows in the new table say. */
async function outOfStep(database: TestDatabase): Promise<number> {
  const [row] = await database.query<{ users: number }>(`
    SELECT count(*)::integer AS users FROM users WHERE coalesce(preferences, '{}') IS DISTINCT FROM coalesce(
      (SELECT jsonb_object_agg(key, value) FROM user_preferences WHERE user_id = users.id), '{}')`)
  return row?.users ?? Number.NaN
}

async function migratedUsers(database: TestDatabase): Promise<number> {
  const [row] = await database.query<{ users: number }>(
    'SELECT count(DISTINCT user_id)::integer AS users FROM user_preferences',
  )
  return row?.users ?? Number.NaN
}

/** All documents in one digest. */
async function documents(database: TestDatabase): Promise<unknown> {
  return database.query(
    "SELECT md5(string_agg(concat(id, preferences), ';' ORDER BY id)) AS digest FROM users",
  )
}

/** Holds the backfill before a user of its second batch, does something, and lets it go on. */
async function duringTheBackfill(database: TestDatabase, act: () => Promise<void>): Promise<void> {
  await using holder = await database.connect()
  await holder.query(`BEGIN; SELECT FROM users WHERE id = '${userId(2_399)}' FOR UPDATE`)
  const running = start((options) => upgrade(sixOn(database), { ...options, to: 'migrate_prefs' }))
  await running.seen('backfill')
  await running.seen('retry')
  await act()
  await holder.query('COMMIT')
  await running.report
}

describe.each(servers())('migrate_prefs on $name', (server) => {
  test('faults 3.1 and 3.2: all of the run is there, later revisions too, and the next has nothing to do', async () => {
    await using database = await populated(server)
    await using project = await testProject({
      id: 'after_prefs',
      down: 'migrate_prefs',
      upgrade: "  op.createTable({ name: 'after_prefs', columns: [{ name: 'id', type: 'int' }] })",
    })
    const config = sixOn(database, project)
    await upgrade(config, { to: 'after_prefs' })
    expect(await appliedRevisions(database)).toEqual([
      'previous_rev',
      'add_org_001',
      'idx_user_search',
      'migrate_prefs',
      'after_prefs',
    ])
    expect(await migratedUsers(database)).toBe(40)
    expect(await database.query('SELECT FROM after_prefs')).toEqual([])
    expect((await upgrade(config, { to: 'after_prefs' })).applied).toEqual([])
  })

  test('fault 3.4: all revisions at once give what they give one by one', async () => {
    await using atOnce = await populated(server)
    await using oneByOne = await populated(server)
    const { applied } = await upgrade(sixOn(atOnce))
    for (const { id } of applied) await upgrade(sixOn(oneByOne), { to: id })
    expect(await relations(oneByOne)).toEqual(await relations(atOnce))
    expect(await appliedRevisions(oneByOne)).toEqual(await appliedRevisions(atOnce))
  })

  test('fault 3.6: values stay the JSON that they are', async () => {
    await using database = await upgradedTo('migrate_prefs', server)
    const rows = await database.query(
      'SELECT jsonb_object_agg(key, value) AS preferences FROM user_preferences WHERE user_id = $1',
      [userId(1)],
    )
    expect(rows).toEqual([{ preferences }])
    const switches = await database.query(
      "SELECT FROM user_preferences WHERE key = 'dark' AND value = 'true'",
    )
    expect(switches).toHaveLength(40)
  })

  test('faults 3.7 and 3.16: the downgrade drops the table, and every document is as it was', async () => {
    await using database = await upgradedTo('idx_user_search', server)
    const before = { documents: await documents(database), relations: await relations(database) }
    await migratePreferences(database)
    await downgrade(sixOn(database), { to: 'idx_user_search' })
    expect({ documents: await documents(database), relations: await relations(database) }).toEqual(before)
    expect(await appliedRevisions(database)).not.toContain('migrate_prefs')
  })

  test('fault 3.8: what was deleted in the new table is not there again after the downgrade', async () => {
    await using database = await upgradedTo('migrate_prefs', server)
    await database.query('DELETE FROM user_preferences WHERE user_id = $1', [userId(2)])
    await downgrade(sixOn(database), { to: 'idx_user_search' })
    const rows = await database.query('SELECT preferences FROM users WHERE id = $1', [userId(2)])
    expect(rows).toEqual([{ preferences: {} }])
  })

  test('fault 3.9: rows that leave the set while it runs make it pass over no others', async () => {
    await using database = await upgradedTo('idx_user_search', server, { users })
    await duringTheBackfill(database, async () => {
      await database.query(`UPDATE users SET preferences = '{}' WHERE id <= '${userId(1_000)}'`)
    })
    expect(await migratedUsers(database)).toBe(withPreferences - 800)
    expect(await outOfStep(database)).toBe(0)
  })

  test('fault 3.10: writes to either side, during the copy and after it, arrive on the other', async () => {
    await using database = await upgradedTo('idx_user_search', server, { users })
    const write = (lang: string) =>
      database.query(`
        UPDATE users SET preferences = preferences || '{"lang": "${lang}"}' WHERE id IN ('${userId(1)}', '${userId(2_401)}');
        UPDATE users SET preferences = preferences - 'dark' WHERE id IN ('${userId(2)}', '${userId(2_402)}');
        INSERT INTO user_preferences (user_id, key, value)
          SELECT id, 'lang', '"${lang}"' FROM users WHERE id IN ('${userId(3)}', '${userId(2_403)}')
          ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value;
        DELETE FROM user_preferences WHERE user_id = '${userId(4)}' AND key = 'page';
        INSERT INTO users (email, preferences) VALUES ('new-${lang}@example.com', '{"lang": "${lang}"}')`)
    await duringTheBackfill(database, async () => void (await write('fr')))
    expect(await outOfStep(database)).toBe(0)
    await write('de')
    expect(await outOfStep(database)).toBe(0)
    const languages = await database.query(
      `SELECT preferences ->> 'lang' AS lang, count(*)::integer AS users FROM users WHERE preferences ? 'lang' GROUP BY 1 ORDER BY 1`,
    )
    expect(languages).toEqual([
      { lang: 'de', users: 5 },
      { lang: 'en', users: withPreferences - 4 },
      { lang: 'fr', users: 1 },
    ])
  })

  test('fault 3.13: a key of 101 characters is no failure, and after one it goes on where it stopped', async () => {
    await using database = await upgradedTo('idx_user_search', server, { users })
    // Longer than an entry of a B-tree may be, also when it is compressed.
    const tooLong = "(SELECT string_agg(md5(n::text), '') FROM generate_series(1, 100) n)"
    await database.query(`
      UPDATE users SET preferences = jsonb_build_object(repeat('k', 101), 1) WHERE id = '${userId(1)}';
      UPDATE users SET preferences = jsonb_build_object(${tooLong}, 1) WHERE id = '${userId(2_499)}'`)
    const error = await errorOf(MigrationFailed, migratePreferences(database))
    expect(error.message).toContain('exceeds btree version 4 maximum')
    expect(error.place).toMatchObject({
      revision: 'migrate_prefs',
      title: 'backfill users into user_preferences',
    })
    const kept = await migratedUsers(database)
    expect(kept).toBeGreaterThanOrEqual(1_000)

    await database.query(`UPDATE users SET preferences = '{"short": 1}' WHERE id = '${userId(2_499)}'`)
    const running = start((options) => upgrade(sixOn(database), { ...options, to: 'migrate_prefs' }))
    await running.report
    expect(await running.seen('revision-started')).toMatchObject({ resumed: true })
    const first = await running.seen('backfill')
    expect(first.progress.scanned - first.progress.batchRows).toBe(kept)
    expect(await migratedUsers(database)).toBe(withPreferences)
    expect(await outOfStep(database)).toBe(0)
  })

  test('fault 3.19: a row that is in the new table already takes the value of the document', async () => {
    await using database = await upgradedTo('idx_user_search', server, { users })
    await stopInBackfill(sixOn(database), 'migrate_prefs')
    await database.query(`SET session_replication_role = replica;
      INSERT INTO user_preferences (user_id, key, value) VALUES ('${userId(2_401)}', 'lang', '"stale"')`)
    await migratePreferences(database)
    expect(await outOfStep(database)).toBe(0)
  })
})

test('fault 3.3: one transaction for all is refused before anything runs', async () => {
  await using database = await upgradedTo('idx_user_search', newest())
  const before = await relations(database)
  const together = upgrade(sixOn(database), { to: 'migrate_prefs', transaction: 'all' })
  await expect(together).rejects.toMatchObject({ code: 'CANNOT_RUN_TOGETHER', revision: 'migrate_prefs' })
  expect(await relations(database)).toEqual(before)
})

test.each(['[1, 2]', '"text"', '7', 'false', 'null'])(
  'fault 3.14: %s as preferences is named before anything is made, and refused afterwards',
  async (json) => {
    await using database = await upgradedTo('idx_user_search', newest())
    const set = (value: string) =>
      database.query(`UPDATE users SET preferences = '${value}' WHERE id = '${userId(7)}'`)
    await set(json)
    const before = await relations(database)
    const error = await errorOf(MigrationFailed, migratePreferences(database))
    expect(error.message).toContain('users.preferences holds something that is no JSON object')
    expect(await relations(database)).toEqual(before)
    await set('{}')
    await migratePreferences(database)
    await expect(set(json)).rejects.toThrow('users.preferences has to be a JSON object')
  },
)

// The drivers here are node-postgres on a socket and on PGlite.
test.each(targets)('fault 3.5: the batches commit on $name', async (target) => {
  await using database = await upgradedTo('migrate_prefs', target)
  await using session = await database.connect()
  const [migrated] = await session.query('SELECT count(*)::integer AS rows FROM user_preferences')
  const [checkpoint] = await session.query(
    'SELECT sum(rows_scanned)::integer AS scanned, sum(rows_written)::integer AS written FROM limbeck.backfill_range',
  )
  expect({ migrated, checkpoint }).toEqual({
    migrated: { rows: 200 },
    checkpoint: { scanned: 40, written: 200 },
  })
})

test('faults 3.11 and 3.12: batches walk along the primary key, thousands of values in a message', async () => {
  await using database = await upgradedTo('idx_user_search', newest(), { users: 10_000 })
  // However slow the machine is, batches are not to shrink.
  const config = { ...sixOn(database), batchMilliseconds: 60_000 }
  const messages = await messagesOf(() => upgrade(config, { to: 'migrate_prefs' }))
  const pages = messages.filter((text) => text.includes('AS limbeck_version'))
  const written = messages.filter((text) => text.includes('INSERT INTO "user_preferences"'))
  // How often the run looks around meanwhile depends on how long it takes.
  expect(pages.length + written.length).toBeLessThan(12)
  expect(written.length).toBeGreaterThan(1)
  expect(pages.join()).not.toContain('OFFSET')
  const lastPage = pages.at(-2)
  const rows = await database.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, COSTS OFF) ${lastPage}`)
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toContain('Index Scan using users_pkey on users')
  expect(plan).toMatch(/Index Cond: \(\(id > '[-0-9a-f]+'::uuid\) AND \(id <= '[-0-9a-f]+'::uuid\)\)/)
})

describe('fault 3.15: a value travels with its statement, or it is an error', () => {
  const given: readonly Value[] = ['anon', '', 0, -1, 12n, false, new Date(0), new Uint8Array(), {}, []]

  test('neither as a parameter nor as a literal does one become NULL', () => {
    for (const value of given) {
      const piece = sql`UPDATE users SET name = ${value}`
      expect(bindSql(piece).values).not.toEqual([null])
      expect(inlineSql(piece)).not.toContain('NULL')
    }
    expect(inlineSql(sql`SELECT ${null}`)).toBe('SELECT NULL')
  })

  // Node strips the types that forbid it.
  const missing = undefined as unknown as Value

  test('undefined is refused, not read as NULL', () => {
    const piece = sql`UPDATE users SET name = ${missing}`
    const rows = bulkInsert({ table: 'users', rows: [{ name: missing }] })
    expect(() => bindSql(piece)).toThrow(InvalidValue)
    expect(() => inlineSql(piece)).toThrow(InvalidValue)
    expect(() => factsOf(rows).steps({ major: 18 })).toThrow(InvalidValue)
  })

  test('undefined that a transform makes stops the backfill', async () => {
    await using database = await populated(newest())
    await using project = await testProject({
      id: 'copies',
      down: 'previous_rev',
      upgrade: `  op.createTable({ name: 'copies', columns: [{ name: 'name', type: 'text' }] })
  op.backfill({ table: 'users', columns: ['name'], into: { table: 'copies', columns: ['name'] },
    transform: (user) => ({ name: user.nmae }) })`,
    })
    const error = await errorOf(MigrationFailed, upgrade(sixOn(database, project), { to: 'copies' }))
    expect(error.message).toContain('it made no value for the column name')
  })

  test.each(servers())('on $name', async (target) => {
    await using database = await populated(target)
    await using project = await testProject({
      id: 'anonymous',
      down: 'previous_rev',
      upgrade: `  op.execute({ sql: op.sql\`UPDATE users SET name = \${'anon'}\` }, { accept: { 'bulk-change': 'fifty rows' } })`,
    })
    await upgrade(sixOn(database, project), { to: 'anonymous' })
    expect(await database.query('SELECT DISTINCT name FROM users')).toEqual([{ name: 'anon' }])
  })
})

test('fault 3.17: no index repeats another', async () => {
  await using database = await upgradedTo('migrate_prefs', newest())
  const own = Object.keys(await indexes(database)).filter((name) => name.includes('pref'))
  expect(own).toEqual(['uq_user_prefs_user_key', 'user_preferences_pkey'])
})

test('fault 3.18: progress tells what was read and written, and no more', async () => {
  await using database = await upgradedTo('idx_user_search', newest(), { users })
  const running = start((options) => upgrade(sixOn(database), { ...options, to: 'migrate_prefs' }))
  await running.report
  const batches = running.events.flatMap((event) => (event.type === 'backfill' ? [event.progress] : []))
  expect(batches[0]).toMatchObject({ scanned: 1_000, written: 5_000, batches: 1 })
  expect(batches.at(-1)).toMatchObject({ scanned: withPreferences, written: 5 * withPreferences })
})
