import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { downgrade, upgrade } from '../../src/index.ts'
import { testProject } from '../migrate/project.ts'
import { servers, type TestDatabase } from '../servers/databases.ts'

/** Columns that become rows, and the statements of the two applications that live through it. */
type Change = {
  readonly given: string
  /** The new table. */
  readonly made: string
  readonly name: string
  readonly fields: string
  /** What the old application writes, and the new one, each to the row of that id for its n-th time. */
  readonly old: (id: number, n: number) => readonly string[]
  readonly new: (id: number, n: number) => readonly string[]
  /** A query that gives what each of the two sees of every row, as `old` and `new`. */
  readonly compared: string
}

const rows = 2_000

const changes: { readonly [name: string]: Change } = {
  'a document becomes rows': {
    given: `CREATE TABLE things (id int PRIMARY KEY, touched int NOT NULL DEFAULT 0, doc jsonb NOT NULL DEFAULT '{}');
      INSERT INTO things SELECT n, 0, jsonb_build_object('a', n, 'b', 'x' || n) FROM generate_series(0, ${rows - 1}) n`,
    made: 'thing int REFERENCES things ON UPDATE CASCADE, key text, value jsonb, PRIMARY KEY (thing, key)',
    name: 'parts',
    fields: `table: 'things', from: 'doc', to: { table: 'parts', columns: ['thing', 'key', 'value'], key: ['thing', 'key'] },
      on: { thing: 'id' }, up: op.sql\`SELECT id, key, value FROM jsonb_each(doc)\`,
      down: { doc: op.sql\`SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM parts WHERE thing = things.id\` }`,
    old: (id, n) => [
      `INSERT INTO things (id, doc) VALUES (${id}, '{"a": ${n}, "c": [1, 2]}') ON CONFLICT (id) DO UPDATE SET doc = excluded.doc RETURNING doc`,
      `UPDATE things SET doc = doc || '{"b": ${n}}' WHERE id = ${id} RETURNING doc`,
      `UPDATE things SET doc = doc - 'a' WHERE id = ${id}`,
      `UPDATE things SET touched = touched + 1 WHERE id = ${id}`,
      `UPDATE things SET id = id + 1000000 WHERE id = ${id} AND NOT EXISTS (SELECT FROM things WHERE id = ${id} + 1000000)`,
      `DELETE FROM things WHERE id = ${id}`,
    ],
    new: (id, n) => [
      `INSERT INTO things (id) VALUES (${id}) ON CONFLICT DO NOTHING`,
      `INSERT INTO parts SELECT id, 'a', '${n}' FROM things WHERE id = ${id} ON CONFLICT (thing, key) DO UPDATE SET value = excluded.value RETURNING value`,
      `INSERT INTO parts SELECT id, k, '"${n}"' FROM things, unnest(ARRAY['b', 'd']) k WHERE id = ${id} ON CONFLICT DO NOTHING`,
      `UPDATE parts SET value = '${n}' WHERE thing = ${id} AND key = 'b' RETURNING value`,
      `DELETE FROM parts WHERE thing = ${id} AND key IN ('a', 'd')`,
      `UPDATE things SET touched = touched + 1 WHERE id = ${id}`,
    ],
    compared: `SELECT id, doc AS old, coalesce(jsonb_object_agg(key, value) FILTER (WHERE key IS NOT NULL), '{}') AS new
      FROM things LEFT JOIN parts ON thing = id GROUP BY id`,
  },
  'a table becomes two': {
    given: `CREATE TABLE things (id int PRIMARY KEY, touched int NOT NULL DEFAULT 0, bio text, site text);
      INSERT INTO things SELECT n, 0, CASE WHEN n % 3 > 0 THEN 'b' || n END, 's' || n FROM generate_series(0, ${rows - 1}) n`,
    made: 'thing int PRIMARY KEY REFERENCES things ON DELETE CASCADE, bio text, site text, seen int DEFAULT 7',
    name: 'profiles',
    fields: `table: 'things', from: ['bio', 'site'], to: { table: 'profiles', columns: ['thing', 'bio', 'site'], key: ['thing'] },
      on: { thing: 'id' }, up: op.sql\`SELECT id, bio, site WHERE bio IS NOT NULL OR site IS NOT NULL\`,
      down: {
        bio: op.sql\`SELECT bio FROM profiles WHERE thing = things.id\`,
        site: op.sql\`SELECT site FROM profiles WHERE thing = things.id\`,
      }`,
    old: (id, n) => [
      `INSERT INTO things (id, bio) VALUES (${id}, 'b${n}') ON CONFLICT (id) DO UPDATE SET bio = excluded.bio RETURNING bio`,
      `UPDATE things SET site = 's${n}' WHERE id = ${id} RETURNING site`,
      `UPDATE things SET bio = NULL, site = NULL WHERE id = ${id}`,
      `UPDATE things SET touched = touched + 1 WHERE id = ${id}`,
      `DELETE FROM things WHERE id = ${id}`,
    ],
    new: (id, n) => [
      `INSERT INTO things (id) VALUES (${id}) ON CONFLICT DO NOTHING`,
      `INSERT INTO profiles (thing, bio) SELECT id, 'n${n}' FROM things WHERE id = ${id} ON CONFLICT (thing) DO UPDATE SET bio = excluded.bio RETURNING bio`,
      `UPDATE profiles SET site = 'n${n}', seen = seen + 1 WHERE thing = ${id} RETURNING site`,
      `DELETE FROM profiles WHERE thing = ${id}`,
    ],
    compared: `SELECT id, to_jsonb(ARRAY[t.bio, t.site]) AS old, to_jsonb(ARRAY[p.bio, p.site]) AS new
      FROM things t LEFT JOIN profiles p ON thing = id`,
  },
}

describe.each(servers())('old and new application write all the while on $name', (server) => {
  test.for(Object.entries(changes))('%s', { timeout: 60_000 }, async ([, change]) => {
    await using database = await server.open()
    await database.query(change.given)
    await using project = await testProject(
      {
        id: 'expand',
        upgrade: `  op.execute({ sql: 'CREATE TABLE ${change.name} (${change.made})', inverse: 'DROP TABLE ${change.name}' })
  op.expandRows({ ${change.fields} })`,
      },
      { id: 'contract', down: 'expand', upgrade: `  op.contractRows({ ${change.fields}, keep: true })` },
      { id: 'drop', down: 'contract', upgrade: `  op.dropKeptRows({ ${change.fields} })` },
    )
    const options = {
      database: database.url,
      lint: 'off' as const,
      migrations: project.migrations,
      batchRows: 200,
      lockTimeout: 200,
    }
    await using world = applications(database, change)
    const inStep = async () => {
      const found = await database.query<{ old: unknown; new: unknown }>(change.compared)
      expect(found.length).toBeGreaterThan(rows / 4)
      expect(found.filter((row) => JSON.stringify(row.old) !== JSON.stringify(row.new))).toEqual([])
    }

    // The change begins under the old application, is taken back, begins again; then the new one comes.
    await world.start('old')
    await upgrade(options, { to: 'expand' })
    await sleep(100)
    await downgrade(options, { to: 'base' })
    await upgrade(options, { to: 'expand' })
    await world.start('new')
    await sleep(400)
    await world.stop('old')
    await world.stop('new')
    await inStep()

    // The old one goes. The contract is taken back under the new one, and the old one returns.
    await world.start('new')
    await upgrade(options, { to: 'contract' })
    await sleep(200)
    await downgrade(options, { to: 'expand' })
    await world.start('old')
    await sleep(200)
    await world.stop('old')
    await world.stop('new')
    await inStep()

    await world.start('new')
    await upgrade(options, { to: 'contract' })
    await sleep(100)
    await world.stop('new')
    await inStep()
    await upgrade(options, { to: 'drop' })
    await expect(database.query(change.compared)).rejects.toThrow('does not exist')
    expect(world.failures).toEqual([])
    expect(world.statements()).toBeGreaterThan(500)
  })
})

/** Two sessions of each application, in rows of their own: what both write in one moment may end as a deadlock. */
function applications(database: TestDatabase, change: Change) {
  const running = { old: [] as (() => Promise<void>)[], new: [] as (() => Promise<void>)[] }
  const lanes = { old: [0, 1], new: [2, 3] }
  const failures: string[] = []
  let n = 0
  const start = async (side: 'old' | 'new', lane: number) => {
    const session = await database.connect()
    let going = true
    const loop = (async () => {
      // After these there is nothing more to learn.
      while (going && failures.length < 20) {
        n++
        const id = 4 * (Math.imul(n, 7_919) % (rows / 4)) + lane
        const statements = change[side](id, n)
        const statement = statements[Math.imul(n, 31) % statements.length] ?? ''
        await session.query(statement).catch((error: unknown) => failures.push(`${error}: ${statement}`))
      }
    })()
    running[side].push(async () => {
      going = false
      await loop
      await session[Symbol.asyncDispose]()
    })
  }
  const stop = async (side: 'old' | 'new') => {
    await Promise.all(running[side].splice(0).map((end) => end()))
  }
  return {
    failures,
    statements: () => n,
    start: async (side: 'old' | 'new') => {
      for (const lane of lanes[side]) await start(side, lane)
    },
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop('old')
      await stop('new')
    },
  }
}
