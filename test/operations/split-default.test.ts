import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Course } from '../../src/operations/operation.ts'
import { splitDefaultPartition } from '../../src/operations/registry.ts'
import { prepareSplit, swapSplit } from '../../src/operations/split-default-course.ts'
import { servers, targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'
import { storages, stored } from './stored.ts'

const change = {
  table: 'events',
  every: 'month',
  from: '2026-11-01',
  to: '2027-01-01',
} as const

const given = `CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users VALUES (1);
  CREATE TABLE events (id int GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL, author int REFERENCES users ON DELETE SET NULL,
    note text DEFAULT 'none' CHECK (note <> ''), PRIMARY KEY (at, id)) PARTITION BY RANGE (at);
  CREATE INDEX events_note_idx ON events (lower(note)) WHERE author IS NOT NULL;
  CREATE TABLE events_2027_01 PARTITION OF events FOR VALUES FROM ('2027-01-01Z') TO ('2027-02-01Z');
  CREATE TABLE events_default PARTITION OF events DEFAULT;
  INSERT INTO events (at, author) SELECT '2026-10-20Z'::timestamptz + n * interval '1 day', 1 FROM generate_series(1, 60) n;
  INSERT INTO events (at) VALUES ('2027-01-05Z'), ('2030-01-01Z')`

describe.each(targets)('a default partition that is split on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  test('gives its rows to partitions that are as if they had always been there', async () => {
    await bench.prepare(
      `${given}; GRANT SELECT ON events_default TO PUBLIC; COMMENT ON TABLE events_default IS 'the rest'`,
    )
    const before = await bench.catalog()
    const rows = await bench.rows('SELECT * FROM events ORDER BY id')
    await bench.apply([splitDefaultPartition(change)])
    expect(await bench.rows('SELECT * FROM events ORDER BY id')).toEqual(rows)
    expect(
      await bench.rows(
        'SELECT tableoid::regclass::text AS part, count(*)::int FROM events GROUP BY 1 ORDER BY 1',
      ),
    ).toEqual([
      { part: 'events_2026_11', count: 30 },
      { part: 'events_2026_12', count: 19 },
      { part: 'events_2027_01', count: 1 },
      { part: 'events_default', count: 12 },
    ])
    const after = await bench.catalog()
    const isNew = (line: string) => /events_2026/.test(line)
    expect(after.filter((line) => !isNew(line))).toEqual(before)
    // What a partition has that is made by PostgreSQL itself, the new ones have too.
    const of = (lines: readonly string[], name: string) =>
      lines
        .filter((line) => line.includes(name))
        .map((line) => line.replaceAll(name, 'part'))
        .filter((line) => !line.includes('FOR VALUES'))
    expect(of(after, 'events_2026_11')).toEqual(of(after, 'events_2027_01'))
    await bench.rows("INSERT INTO events (at) VALUES ('2026-12-31Z')")
    expect(
      await bench.rows("SELECT tableoid::regclass::text AS part FROM events WHERE at = '2026-12-31Z'"),
    ).toEqual([{ part: 'events_2026_12' }])
  })

  test('leaves the default partition its comments and its statistics', async () => {
    await bench.prepare(`${given}; COMMENT ON COLUMN events_default.note IS 'in words'; COMMENT ON INDEX events_default_pkey IS 'the key';
      COMMENT ON CONSTRAINT events_note_check ON events_default IS 'not empty'; ALTER INDEX events_default_lower_idx ALTER COLUMN 1 SET STATISTICS 9;
      CREATE STATISTICS "of both" (dependencies) ON author, note FROM events_default; ALTER STATISTICS "of both" SET STATISTICS 7;
      COMMENT ON STATISTICS "of both" IS 'they hang together'; ALTER STATISTICS "of both" OWNER TO pg_monitor`)
    const before = await bench.catalog()
    await bench.apply([splitDefaultPartition(change)])
    expect((await bench.catalog()).filter((line) => !/events_2026/.test(line))).toEqual(before)
  })

  test('leaves the default partition the names of its indexes and constraints, and nothing of its own, where they are long', async () => {
    const long = 'events_of_the_department_of_weights_and_measures_and_more'
    const part = `${long.slice(0, 50)}_default`
    await bench.prepare(`CREATE TABLE "${long}" (id int, at timestamptz NOT NULL, note text CHECK (note <> ''), other int,
      PRIMARY KEY (at, id), UNIQUE (id, at, other)) PARTITION BY RANGE (at);
      CREATE INDEX ON ${long} (lower(note)); CREATE INDEX ON ${long} (lower(note));
      CREATE TABLE ${part} PARTITION OF ${long} DEFAULT; CREATE INDEX "Mine, really" ON ${part} (other);
      ALTER TABLE ${part} ADD CONSTRAINT "Mine, too" UNIQUE (at, id, note);
      INSERT INTO ${long} VALUES (1, '2026-11-20Z'), (2, '2030-01-01Z')`)
    const before = await bench.catalog()
    await bench.apply([splitDefaultPartition({ ...change, table: long, partition: part })])
    const after = await bench.catalog()
    expect(after.filter((line) => line.includes(part))).toEqual(before.filter((line) => line.includes(part)))
    expect(after.join('\n')).not.toContain('limbeck_split')
  })

  test.each([
    ...storages('events_default'),
    `CREATE ACCESS METHOD heap_two TYPE TABLE HANDLER heap_tableam_handler; ALTER TABLE events DETACH PARTITION events_default;
      CREATE TABLE other (LIKE events_default INCLUDING ALL) USING heap_two; INSERT INTO other OVERRIDING SYSTEM VALUE SELECT * FROM events_default;
      DROP TABLE events_default; ALTER TABLE other RENAME TO events_default; ALTER TABLE events ATTACH PARTITION events_default DEFAULT`,
  ])('gives its rows to partitions that are stored as it was: %s', async (more) => {
    await bench.prepare(`${given}; ${more}`)
    const before = await stored(bench, 'events_default')
    await bench.apply([splitDefaultPartition(change)])
    for (const part of ['events_2026_11', 'events_2026_12', 'events_default'])
      expect(await stored(bench, part)).toEqual(before)
  })

  test.each([
    ['CREATE TABLE marks (id int, at timestamptz, FOREIGN KEY (at, id) REFERENCES events)', 'refers to it'],
    ['ALTER TABLE events DROP CONSTRAINT events_pkey', 'it has no primary key'],
    [
      'ALTER TABLE events ADD COLUMN twice int GENERATED ALWAYS AS (author * 2) STORED',
      'the column twice is generated',
    ],
    ['ALTER TABLE events DETACH PARTITION events_default', 'events_default is not its default partition'],
    ['CREATE POLICY seen ON events_default USING (true)', 'the policy seen of events_default'],
    [
      'CREATE TRIGGER own BEFORE UPDATE ON events_default FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
      'the trigger own of events_default',
    ],
    [
      'ALTER TABLE events_default ADD CONSTRAINT short CHECK (length(note) < 9) NOT VALID',
      'the constraint short is not valid',
    ],
  ])('is refused where something stands in the way: %s', async (more, obstacle) => {
    await bench.prepare(`${given}; ${more}`)
    const before = await bench.catalog()
    await expect(bench.apply([splitDefaultPartition(change)])).rejects.toThrow(obstacle)
    expect(await bench.catalog()).toEqual(before)
  })

  test('is refused where a partition is there already', async () => {
    await bench.prepare(given)
    const before = await bench.catalog()
    await expect(bench.apply([splitDefaultPartition({ ...change, to: '2027-02-01' })])).rejects.toThrow(
      'events_2027_01',
    )
    expect(await bench.catalog()).toEqual(before)
  })

  test('is refused where somebody has written past the trigger, and the rows stay where they are', async () => {
    await bench.prepare(given)
    const past = `CREATE FUNCTION past() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.note := 'past'; RETURN NEW; END$$;
      CREATE TRIGGER past BEFORE INSERT ON limbeck_split_events_default FOR EACH ROW WHEN (NEW.id = 7) EXECUTE FUNCTION past()`
    const split = { ...change, partition: 'events_default' }
    const prepare = prepareSplit(split)
    for (let next = prepare.next([]); next.done !== true; )
      next = prepare.next(
        await bench.rows(typeof next.value === 'string' ? next.value : next.value.patiently),
      )
    await bench.rows(past)
    await expect(bench.apply([splitDefaultPartition(change)])).rejects.toThrow(
      '1 rows of events_default are not in its copy',
    )
    expect(await bench.rows('SELECT count(*)::int AS rows FROM events_default')).toEqual([{ rows: 61 }])
  })
})

describe.each(targets)('a default partition that is changed while it is split on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const split = { ...change, partition: 'events_default' }
  const drive = async (course: Course) => {
    for (let next = course.next([]); next.done !== true; )
      next = course.next(await bench.rows(typeof next.value === 'string' ? next.value : next.value.patiently))
  }
  const copied = "INSERT INTO events (at, author) VALUES ('2026-11-20Z', 1)"

  test.each([
    [
      'ALTER TABLE events ADD COLUMN more text',
      'ALTER TABLE events DROP COLUMN more',
      'the column more text',
    ],
    [
      'ALTER TABLE events RENAME note TO remark',
      'ALTER TABLE events RENAME remark TO note',
      'the column remark text',
    ],
    [
      'ALTER TABLE events ADD CONSTRAINT late CHECK (id > 0)',
      'ALTER TABLE events DROP CONSTRAINT late',
      'the check late CHECK ((id > 0))',
    ],
    [
      'ALTER TABLE events ADD CONSTRAINT own FOREIGN KEY (author) REFERENCES users',
      'ALTER TABLE events DROP CONSTRAINT own',
      'the foreign key own FOREIGN KEY (author) REFERENCES users(id)',
    ],
    // The same as one that is there: one of them would be lost.
    [
      'CREATE INDEX same ON events_default (lower(note)) WHERE author IS NOT NULL',
      'DROP INDEX same',
      'the index same',
    ],
    ['CREATE INDEX later ON events (author)', 'DROP INDEX later', 'the index events_default_author_idx'],
  ])('is refused, while no write failed: %s', async (more, back, difference) => {
    await bench.prepare(given)
    await drive(prepareSplit(split))
    await bench.rows('INSERT INTO limbeck_split_events_default SELECT * FROM events_default')
    await bench.rows(`${more}; ${copied}`)
    await expect(drive(swapSplit(split))).rejects.toThrow(`the table has ${difference}`)
    await bench.rows(back)
    await drive(swapSplit(split))
    expect(await bench.rows('SELECT count(*)::int AS rows FROM events_2026_11')).toEqual([{ rows: 31 }])
  })

  test.each([['DROP COLUMN note'], ['ALTER COLUMN note TYPE varchar(20)']])(
    'is refused by PostgreSQL where the trigger would fail: %s',
    async (more) => {
      await bench.prepare(given)
      await drive(prepareSplit(split))
      await expect(bench.rows(`ALTER TABLE events ${more}`)).rejects.toThrow(
        /other objects depend on|trigger definition/,
      )
      await bench.rows(copied)
    },
  )

  test('has a foreign key of its own, which its parts have too', async () => {
    await bench.prepare(
      `${given}; ALTER TABLE events_default ADD CONSTRAINT own FOREIGN KEY (author) REFERENCES users`,
    )
    await drive(prepareSplit(split))
    await bench.rows('INSERT INTO limbeck_split_events_default SELECT * FROM events_default')
    await drive(swapSplit(split))
    expect(
      await bench.rows(
        "SELECT conrelid::regclass::text AS part FROM pg_constraint WHERE conname = 'own' ORDER BY 1",
      ),
    ).toEqual([{ part: 'events_2026_11' }, { part: 'events_2026_12' }, { part: 'events_default' }])
  })
})

describe.each(servers().filter(({ major }) => major >= 15))(
  'a default partition that lies in a tablespace on $name',
  (server) => {
    test('gives its rows to partitions that lie there too', async () => {
      const bench = await openBench(server)
      const space = `limbeck_test_split_${process.pid}`
      await bench.rows('SET allow_in_place_tablespaces = true')
      await bench.rows(`CREATE TABLESPACE ${space} LOCATION ''`)
      try {
        await bench.prepare(`${given}; ALTER TABLE events_default SET TABLESPACE ${space}`)
        await bench.apply([splitDefaultPartition(change)])
        for (const part of ['events_2026_11', 'events_default'])
          expect(await stored(bench, part)).toMatchObject({ tablespace: space })
      } finally {
        await bench.prepare()
        await bench.rows(`DROP TABLESPACE ${space}`)
        await bench.close()
      }
    })
  },
)

describe.each(servers())('the exchange of a default partition on $name', (server) => {
  test('looks at no row', async () => {
    await using database = await server.open()
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    const told: string[] = []
    client.on('notice', ({ message }) => told.push(message ?? ''))
    const run = async (course: Generator<string | { patiently: string }, void, never>) => {
      for (let next = course.next(); next.done !== true; ) {
        const found = await client.query(typeof next.value === 'string' ? next.value : next.value.patiently)
        const last = Array.isArray(found) ? found.at(-1) : found
        next = course.next(last.rows as never)
      }
    }
    try {
      await client.query(given)
      const split = { ...change, partition: 'events_default' }
      await run(prepareSplit(split) as never)
      await client.query('INSERT INTO limbeck_split_events_default SELECT * FROM events_default')
      await client.query('SET client_min_messages = debug1')
      await run(swapSplit(split) as never)
      const implied = told.filter((message) => message.includes('implied by existing constraints'))
      expect(implied.map((message) => message.match(/"(.*?)"/)?.[1])).toEqual([
        'events_2026_11',
        'events_2026_12',
        'limbeck_split_events_default_default',
      ])
      expect(told.filter((message) => /verifying|validating|rewriting|building index/.test(message))).toEqual(
        [],
      )
    } finally {
      await client.end()
    }
  })
})
