import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Course } from '../../src/operations/operation.ts'
import { exchangeCopy, prepareCopy, returnCopy } from '../../src/operations/partition-copy-course.ts'
import { copyIntoPartitions, dropUnpartitioned, partitionTable } from '../../src/operations/registry.ts'
import type { CopyUnlike } from '../../src/operations/table-likeness.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'
import { storages, stored } from './stored.ts'

const change = { table: 'events', by: 'at', every: 'month', from: '2040-01-01', to: '2040-03-01' } as const

describe.each(targets)('a table that is partitioned on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  const events = (
    id: string,
    more = '',
  ) => `CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users VALUES (1);
    CREATE TABLE log (line text);
    CREATE TABLE events (id ${id} PRIMARY KEY, at timestamptz DEFAULT now(), author int REFERENCES users ON DELETE SET NULL,
      note text CHECK (note <> ''), CONSTRAINT events_author_at_key UNIQUE (author, at)${more});
    CREATE INDEX events_note_idx ON events (lower(note)) WHERE author IS NOT NULL;
    CREATE UNIQUE INDEX "by note, at" ON events (note, at DESC);
    COMMENT ON TABLE events IS 'what happened'; COMMENT ON COLUMN events.note IS 'in words';
    COMMENT ON CONSTRAINT events_pkey ON events IS 'one each'; COMMENT ON CONSTRAINT events_author_fkey ON events IS 'who';
    COMMENT ON INDEX "by note, at" IS 'the last first';
    CREATE VIEW noted AS SELECT id, note FROM events WHERE note IS NOT NULL GROUP BY id;
    CREATE FUNCTION logged() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN INSERT INTO log VALUES (NEW.note); RETURN NEW; END$$;
    CREATE TRIGGER logged AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION logged();
    CREATE POLICY everybody ON events USING (note IS NOT NULL); ALTER TABLE events ENABLE ROW LEVEL SECURITY;
    GRANT SELECT ON events TO PUBLIC; GRANT UPDATE (note) ON events TO PUBLIC;
    INSERT INTO events (at, author, note) SELECT '2026-01-01Z'::timestamptz + n * interval '1 day', 1, 'n' || n FROM generate_series(1, 50) n`

  /** Runs a course to its end, without the ledger. */
  const drive = async (course: Course) => {
    for (let next = course.next([]); next.done !== true; )
      next = course.next(await bench.rows(typeof next.value === 'string' ? next.value : next.value.patiently))
  }
  const role = (name: string) =>
    `DO $$BEGIN CREATE ROLE limbeck_test_${name}; EXCEPTION WHEN duplicate_object OR unique_violation THEN END$$`

  /** What the catalog says of the table, as it is to be said once it is partitioned. */
  const said = (lines: readonly string[]) =>
    lines
      .filter(
        (line) => /\bevents\b/.test(line) && !/events_20|events_before|events_default|limbeck/.test(line),
      )
      .map((line) =>
        line
          // The key has the partition key, which is NOT NULL; the rest is word for word what it was.
          .replaceAll('(id)', '(id, at)')
          .replace(/^(column events\.at .*) not null f /, '$1 not null t ')
          .replace('ON ONLY public.events', 'ON public.events')
          .replace(/^table (.*) access method heap/, 'partitioned table $1 access method '),
      )

  test.each([['bigserial'], ['int GENERATED ALWAYS AS IDENTITY']])(
    'has all that it had, with an id that is %s',
    async (id) => {
      // PostgreSQL groups by a key only where it is the whole primary key, and that has the partition key too from then on.
      await bench.prepare(events(id).replace('GROUP BY id', ''))
      const before = await bench.catalog()
      await bench.apply([partitionTable(change)])
      const after = await bench.catalog()

      expect(said(after)).toEqual(expect.arrayContaining(said(before)))
      expect(after.join('\n')).not.toMatch(/limbeck|proof/)

      const [{ number } = { number: 0 }] = await bench.rows(
        "INSERT INTO events (at, author, note) VALUES ('2040-02-03Z', 1, 'late') RETURNING id::int AS number",
      )
      expect(number).toBe(51)
      expect(
        await bench.rows(
          'SELECT tableoid::regclass::text AS part, count(*)::int FROM events GROUP BY 1 ORDER BY 1',
        ),
      ).toEqual([
        { part: 'events_2040_02', count: 1 },
        { part: 'events_before_2040_01_01', count: 50 },
      ])
      expect(await bench.rows('SELECT count(*)::int AS noted FROM noted')).toEqual([{ noted: 51 }])
      expect(await bench.rows("SELECT line FROM log WHERE line = 'late'")).toEqual([{ line: 'late' }])
      await expect(
        bench.rows("INSERT INTO events (at, author, note) VALUES ('2040-02-03Z', 1, 'again')"),
      ).rejects.toThrow('duplicate key')
    },
  )

  test.each([
    ['copied', copyIntoPartitions({ ...change, from: '2026-01-01', default: true })],
    ['attached', partitionTable(change)],
  ])('has what its key includes, %s', async (_, directive) => {
    await bench.prepare(`CREATE TABLE events (id int, at timestamptz NOT NULL, note text, PRIMARY KEY (id) INCLUDE (at, note));
      INSERT INTO events VALUES (1, '2026-01-05Z', 'first')`)
    await bench.apply([directive])
    expect(
      await bench.rows(`SELECT pg_get_constraintdef(oid) AS key FROM pg_constraint
        WHERE conrelid = 'events'::regclass AND contype = 'p'`),
    ).toEqual([{ key: 'PRIMARY KEY (id, at) INCLUDE (note)' }])
    expect(await bench.rows('SELECT id FROM events')).toEqual([{ id: 1 }])
  })

  test.each([copyIntoPartitions(change), partitionTable(change)])(
    'is left as it is where its key is deferrable, by which no row can be found to be written: $kind',
    async (directive) => {
      await bench.prepare('CREATE TABLE events (id int PRIMARY KEY DEFERRABLE, at timestamptz NOT NULL)')
      await expect(bench.apply([directive])).rejects.toThrow('the primary key events_pkey is deferrable')
    },
  )

  describe('with its old rows', () => {
    const copy = {
      table: 'events',
      by: 'at',
      every: 'month',
      from: '2026-01-01',
      to: '2026-03-01',
      default: true,
    } as const
    const parts = 'SELECT tableoid::regclass::text AS part, count(*)::int FROM events GROUP BY 1 ORDER BY 1'
    const insert =
      "INSERT INTO events (at, author, note) VALUES ('2026-02-03 12:00Z', 1, 'late') RETURNING id::int AS number"

    test.each([['bigserial'], ['int GENERATED ALWAYS AS IDENTITY']])(
      'has all that it had, with an id that is %s',
      async (id) => {
        await bench.prepare(events(id).replace('GROUP BY id', ''))
        const before = await bench.catalog()
        const stages = await bench.apply([copyIntoPartitions(copy)])
        expect(stages).toEqual(['procedure', 'backfill', 'procedure'])
        const after = await bench.catalog()
        expect(said(after)).toEqual(expect.arrayContaining(said(before)))
        expect(after.join('\n')).not.toMatch(/limbeck|proof|unpartitioned/)
        expect(await bench.rows(insert)).toEqual([{ number: 51 }])
        expect(await bench.rows(parts)).toEqual([
          { part: 'events_2026_01', count: 30 },
          { part: 'events_2026_02', count: 21 },
        ])
        expect(await bench.rows("SELECT line FROM log WHERE line = 'late'")).toEqual([{ line: 'late' }])
      },
    )

    test.each([['bigserial'], ['int GENERATED ALWAYS AS IDENTITY']])(
      'can be had back as it was, with what was written meanwhile, with an id that is %s',
      async (id) => {
        await bench.prepare(events(id).replace('GROUP BY id', ''))
        await bench.rows('ALTER TABLE events ALTER COLUMN at SET NOT NULL')
        const before = await bench.catalog()
        const kept = copyIntoPartitions({ ...copy, keep: true })
        await bench.apply([kept])
        await bench.rows(`${insert}; UPDATE events SET note = 'changed', at = '2026-02-28Z' WHERE id = 7;
          DELETE FROM events WHERE id = 8`)
        const rows = await bench.rows('SELECT * FROM events ORDER BY id')
        await bench.undo([kept])
        expect(await bench.catalog()).toEqual(before)
        expect(await bench.rows('SELECT * FROM events ORDER BY id')).toEqual(rows)
        expect(await bench.rows(insert.replace('12:00', '13:00'))).toEqual([{ number: 52 }])
      },
    )

    test.each([
      ...storages('events'),
      `CREATE ACCESS METHOD heap_two TYPE TABLE HANDLER heap_tableam_handler; DROP TABLE events;
        CREATE TABLE events (id int PRIMARY KEY, at date NOT NULL, note text) USING heap_two`,
    ])('is stored as it was: %s', async (more) => {
      const plain = `CREATE TABLE events (id int PRIMARY KEY, at date NOT NULL, note text); ${more};
        INSERT INTO events VALUES (1, '2026-01-05', 'x')`
      for (const [made, parts] of [
        [copyIntoPartitions(copy), ['events_2026_01', 'events_default']],
        [partitionTable(change), ['events_2040_01', 'events_before_2040_01_01']],
      ] as const) {
        await bench.prepare(plain)
        const before = await stored(bench, 'events')
        await bench.apply([made])
        for (const part of parts) expect(await stored(bench, part)).toEqual(before)
      }
    })

    test('has its statistics under their names', async () => {
      const plain = `CREATE TABLE events (id int PRIMARY KEY, at date NOT NULL, note text); CREATE SCHEMA other;
        CREATE STATISTICS "of both" (dependencies) ON at, note FROM events; CREATE STATISTICS other.s ON id, note FROM events;
        ALTER STATISTICS other.s SET STATISTICS 7; GRANT CREATE ON SCHEMA other TO pg_monitor; ALTER STATISTICS other.s OWNER TO pg_monitor; COMMENT ON STATISTICS other.s IS 'of two'`
      await bench.prepare(plain)
      const before = await bench.catalog()
      const statistics = (lines: readonly string[]) =>
        lines.filter((line) => /statistics/i.test(line) && !/^(column|index) /.test(line))
      expect(statistics(before)).toHaveLength(3)
      const kept = copyIntoPartitions({ ...copy, keep: true })
      await bench.apply([kept])
      expect(statistics(await bench.catalog())).toEqual(expect.arrayContaining(statistics(before)))
      await bench.undo([kept])
      expect(await bench.catalog()).toEqual(before)
      await bench.apply([copyIntoPartitions(copy)])
      expect(statistics(await bench.catalog())).toEqual(statistics(before))
      await bench.prepare(plain)
      await bench.apply([partitionTable(change)])
      expect(statistics(await bench.catalog())).toEqual(expect.arrayContaining(statistics(before)))
    })

    test('lets go of the kept table', async () => {
      await bench.prepare(events('bigserial').replace('GROUP BY id', ''))
      await bench.apply([copyIntoPartitions(copy)])
      const wanted = await bench.catalog()
      await bench.prepare(events('bigserial').replace('GROUP BY id', ''))
      await bench.apply([copyIntoPartitions({ ...copy, keep: true })])
      await bench.forget()
      await bench.apply([dropUnpartitioned(copy)])
      expect(await bench.catalog()).toEqual(wanted)
    })

    test.each(['t', 'm'])('has a column whose name is short: %s', async (name) => {
      await bench.prepare(`CREATE TABLE events (id int PRIMARY KEY, at date NOT NULL, ${name} text);
        INSERT INTO events VALUES (1, '2026-01-05', 'x')`)
      await bench.apply([copyIntoPartitions(copy)])
      expect(await bench.rows('SELECT count(*)::int AS rows FROM events')).toEqual([{ rows: 1 }])
    })

    test.each([['bigserial'], ['int GENERATED BY DEFAULT AS IDENTITY (MAXVALUE 500)']])(
      'belongs to somebody else, with an id that is %s',
      async (id) => {
        await bench.prepare(`${role('owner')}; CREATE TABLE events (id ${id} PRIMARY KEY, at date NOT NULL);
          ALTER TABLE events OWNER TO limbeck_test_owner; INSERT INTO events (at) VALUES ('2026-01-05')`)
        const before = await bench.catalog()
        const kept = copyIntoPartitions({ ...copy, keep: true })
        await bench.apply([kept])
        expect(
          await bench.rows(
            "SELECT seqmax::text FROM pg_sequence WHERE seqrelid = pg_get_serial_sequence('events', 'id')::regclass",
          ),
        ).toEqual([{ seqmax: id === 'bigserial' ? '9223372036854775807' : '500' }])
        await bench.undo([kept])
        expect(await bench.catalog()).toEqual(before)
        await bench.forget()
        await bench.apply([partitionTable(change)])
      },
    )

    /** Somebody who may write to the table, and nothing else, and says where it is. */
    const write = `SET ROLE limbeck_test_app; SET search_path = pg_catalog; INSERT INTO public.events VALUES (9, '2026-02-01', 'n');
      RESET ROLE; SET search_path = public`

    test.each([
      ['', ''],
      [
        '; ALTER TABLE events ENABLE ROW LEVEL SECURITY; CREATE POLICY all_of_it ON events USING (true)',
        ' with row security',
      ],
    ])('is written to by who has no privileges on the copies%s', async (more) => {
      await bench.prepare(`${role('app')}; GRANT USAGE ON SCHEMA public TO limbeck_test_app;
        CREATE TABLE events (id int PRIMARY KEY, at date NOT NULL, note text); GRANT INSERT ON events TO limbeck_test_app${more}`)
      await drive(prepareCopy(copy, target))
      await bench.rows(write)
      await bench.apply([copyIntoPartitions({ ...copy, keep: true })])
      await bench.rows(write.replace('VALUES (9', 'VALUES (10'))
      expect(await bench.rows('SELECT id FROM events_unpartitioned ORDER BY id')).toEqual([
        { id: 9 },
        { id: 10 },
      ])
    })

    test('gets a column while the table that it was is kept', async () => {
      await bench.prepare('CREATE TABLE events (id int PRIMARY KEY, at date NOT NULL)')
      const kept = copyIntoPartitions({ ...copy, keep: true })
      await bench.apply([kept])
      await bench.rows(
        "ALTER TABLE events ADD COLUMN more text; INSERT INTO events VALUES (1, '2026-01-05', 'x')",
      )
      await bench.rows('ALTER TABLE events DROP COLUMN more')
      await bench.undo([kept])
      expect(await bench.rows('SELECT id FROM events')).toEqual([{ id: 1 }])
    })

    test('follows rows that triggers of its own write again', async () => {
      await bench.prepare(`CREATE TABLE events (id int PRIMARY KEY, at date NOT NULL, note text);
        CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN UPDATE events SET note = 'again' WHERE id = NEW.id; DELETE FROM events WHERE id = NEW.id AND id = 2; RETURN NULL; END$$;
        CREATE TRIGGER again AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION again()`)
      await drive(prepareCopy(copy, target))
      await bench.rows("INSERT INTO events VALUES (1, '2026-01-05', 'x'), (2, '2026-01-05', 'x')")
      expect(await bench.rows('SELECT id, note FROM limbeck_partitioned_events')).toEqual([
        { id: 1, note: 'again' },
      ])
    })

    test('puts right what was written past the trigger, and can be run again', async () => {
      await bench.prepare(`CREATE TABLE events (id int PRIMARY KEY, at date NOT NULL, note text);
        INSERT INTO events VALUES (1, '2026-01-05', 'x'), (2, '2026-01-05', 'x')`)
      await drive(prepareCopy(copy, target))
      await bench.rows(
        `INSERT INTO limbeck_partitioned_events VALUES (1, '2026-02-05', 'old'), (3, '2026-01-05', 'gone')`,
      )
      await expect(drive(exchangeCopy(copy, false))).rejects.toThrow('2 rows of events are not in its copy')
      await drive(exchangeCopy(copy, false))
      expect(await bench.rows('SELECT id, note FROM events ORDER BY id')).toEqual([
        { id: 1, note: 'x' },
        { id: 2, note: 'x' },
      ])
    })

    describe('is changed meanwhile', () => {
      const plain = `CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users VALUES (1), (2);
        CREATE TABLE events (id int PRIMARY KEY, at date NOT NULL, note text); CREATE INDEX noted ON events (note)`
      const writes = `INSERT INTO events (id, at) VALUES (1, '2026-01-05'), (2, '2026-01-05');
        UPDATE events SET at = '2026-02-05' WHERE id = 1; DELETE FROM events WHERE id = 2`

      test.each([
        [
          'ADD COLUMN more text',
          'DROP COLUMN more',
          'the table has the column more text. Take the change back on events',
        ],
        [
          'RENAME COLUMN note TO remark',
          'RENAME COLUMN remark TO note',
          'the table has the column remark text',
        ],
        [
          "ALTER note SET DEFAULT 'x'",
          'ALTER note DROP DEFAULT',
          "the table has the column note text DEFAULT 'x'::text",
        ],
        [
          "ADD CONSTRAINT short CHECK (note <> '')",
          'DROP CONSTRAINT short',
          "the table has the check short CHECK ((note <> ''::text))",
        ],
        [
          'ADD CONSTRAINT own FOREIGN KEY (id) REFERENCES users',
          'DROP CONSTRAINT own',
          'the table has the foreign key own FOREIGN KEY (id) REFERENCES users(id)',
        ],
        [
          'ADD CONSTRAINT once UNIQUE (note, at)',
          'DROP CONSTRAINT once',
          'an index, a unique constraint or statistics x are called limbeck_waiting_x there',
        ],
      ])('and refused, while no write failed: %s', async (more, back, difference) => {
        await bench.prepare(plain)
        await drive(prepareCopy(copy, target))
        await bench.rows(`ALTER TABLE events ${more}; ${writes}`)
        const refused = await drive(exchangeCopy(copy, false)).catch((error: unknown) => error)
        expect(refused).toMatchObject({ code: 'COPY_UNLIKE' })
        expect(`${(refused as CopyUnlike).message} ${(refused as CopyUnlike).hint}`).toContain(difference)
        await bench.rows(`ALTER TABLE events ${back}`)
        await drive(exchangeCopy(copy, false))
        expect(await bench.rows('SELECT id FROM events')).toEqual([{ id: 1 }])
      })

      test.each([
        ['CREATE INDEX later ON events (note)', 'DROP INDEX later', 'the table has the index later'],
        [
          'CREATE STATISTICS later ON id, note FROM events',
          'DROP STATISTICS later',
          'the table has the statistics later',
        ],
        [
          'DROP INDEX noted',
          'CREATE INDEX noted ON events (note)',
          'the copy has the index limbeck_waiting_noted',
        ],
      ])('and refused: %s', async (more, back, difference) => {
        await bench.prepare(plain)
        await drive(prepareCopy(copy, target))
        await bench.rows(`${more}; ${writes}`)
        await expect(drive(exchangeCopy(copy, false))).rejects.toThrow(difference)
        await bench.rows(back)
        await drive(exchangeCopy(copy, false))
      })

      test.each([['DROP COLUMN note'], ['ALTER COLUMN note TYPE varchar(20)']])(
        'and refused by PostgreSQL where the trigger would fail: %s',
        async (more) => {
          await bench.prepare(plain)
          await drive(prepareCopy(copy, target))
          await expect(bench.rows(`ALTER TABLE events ${more}`)).rejects.toThrow(
            /other objects depend on|trigger definition/,
          )
          await bench.rows(writes)
          await drive(exchangeCopy(copy, true))
          await expect(bench.rows(`ALTER TABLE events ${more}`)).rejects.toThrow(
            /other objects depend on|trigger definition/,
          )
          await drive(returnCopy(copy))
          await bench.rows(`ALTER TABLE events ${more}`)
        },
      )

      test('and goes on where the copy gets the same', async () => {
        await bench.prepare(plain)
        await drive(prepareCopy(copy, target))
        for (const table of ['events', 'limbeck_partitioned_events'])
          await bench.rows(`ALTER TABLE ${table} ADD COLUMN more text`)
        await bench.rows(
          'CREATE INDEX later ON events (more); CREATE INDEX limbeck_waiting_later ON limbeck_partitioned_events (more)',
        )
        await bench.rows("INSERT INTO events VALUES (1, '2026-01-05', 'x', 'before')")
        await expect(drive(exchangeCopy(copy, false))).rejects.toThrow('1 rows of events are not in its copy')
        await bench.rows("INSERT INTO events VALUES (2, '2026-01-05', 'x', 'after')")
        await drive(exchangeCopy(copy, false))
        expect(await bench.rows('SELECT more FROM events ORDER BY id')).toEqual([
          { more: 'before' },
          { more: 'after' },
        ])
        expect(await bench.rows("SELECT to_regclass('later') AS index")).toEqual([{ index: 'later' }])
      })

      test('and goes on where a column was dropped from both, by CASCADE', async () => {
        await bench.prepare(plain)
        await drive(prepareCopy(copy, target))
        await bench.rows(
          'ALTER TABLE events DROP COLUMN note CASCADE; ALTER TABLE limbeck_partitioned_events DROP COLUMN note CASCADE',
        )
        await drive(exchangeCopy(copy, false))
        await bench.rows(writes)
        expect(await bench.rows('SELECT * FROM events')).toMatchObject([{ id: 1 }])
      })

      test('and refused where that happens while the rows are compared', async () => {
        await bench.prepare(plain)
        await drive(prepareCopy(copy, target))
        const course = exchangeCopy(copy, false)
        let next = course.next([])
        while (next.done !== true && !String(next.value).includes('ACCESS EXCLUSIVE'))
          next = course.next(
            await bench.rows(typeof next.value === 'string' ? next.value : next.value.patiently),
          )
        await bench.rows("ALTER TABLE events ALTER note SET DEFAULT 'x'")
        await expect(bench.rows(String(next.value))).rejects.toThrow(
          'events was changed while its rows were compared',
        )
        await bench.rows('ROLLBACK')
      })

      test('and refused on the way back, until the kept table has the same', async () => {
        await bench.prepare(plain)
        await drive(prepareCopy(copy, target))
        await drive(exchangeCopy(copy, true))
        await bench.rows(`CREATE INDEX later ON events (note, id); ${writes}`)
        await expect(drive(returnCopy(copy))).rejects.toThrow(
          'the table has the index later USING btree (note, id)',
        )
        await bench.rows('CREATE INDEX events_unpartitioned_later ON events_unpartitioned (note, id)')
        await drive(returnCopy(copy))
        expect(await bench.rows("SELECT to_regclass('later') AS index")).toEqual([{ index: 'later' }])
      })
    })

    test('stays in the schema where it is, whichever is the first of the search_path', async () => {
      await bench.prepare(`CREATE SCHEMA first; CREATE TABLE events (id bigserial PRIMARY KEY, at date NOT NULL);
        SET search_path = first, public`)
      try {
        const kept = copyIntoPartitions({ ...copy, keep: true })
        await bench.apply([kept])
        await bench.undo([kept])
        await bench.forget()
        await bench.apply([partitionTable(change)])
        expect(await bench.rows("SELECT 1 FROM pg_class WHERE relnamespace = 'first'::regnamespace")).toEqual(
          [],
        )
      } finally {
        await bench.rows('SET search_path = public')
      }
    })

    test('is refused where a row has no partition, and can be tried again', async () => {
      await bench.prepare(events('bigserial').replace('GROUP BY id', ''))
      const { default: _, ...strict } = copy
      await bench.rows("INSERT INTO events (at, note) VALUES ('2041-01-01Z', 'far')")
      await expect(bench.apply([copyIntoPartitions(strict)])).rejects.toThrow('no partition of relation')
      await bench.rows("DELETE FROM events WHERE note = 'far'")
      await bench.apply([copyIntoPartitions(strict)])
      expect(await bench.rows('SELECT count(*)::int AS rows FROM events')).toEqual([{ rows: 50 }])
    })
  })

  test.each([
    [
      'CREATE TABLE marks (event bigint REFERENCES events)',
      'the foreign key marks_event_fkey of marks refers to it',
    ],
    ['CREATE PUBLICATION everything FOR ALL TABLES', 'the publication everything publishes it'],
    ['CREATE UNIQUE INDEX just_note ON events (note)', 'the unique index just_note is without at'],
    ['ALTER TABLE events DROP COLUMN at', 'it has no column at'],
    ['CREATE UNIQUE INDEX with_at ON events (note) INCLUDE (at)', 'the unique index with_at is without at'],
    [
      'ALTER TABLE events ADD CONSTRAINT short CHECK (length(note) < 9) NOT VALID',
      'the constraint short is not valid',
    ],
  ])('is refused where something stands in the way: %s', async (given, obstacle) => {
    await bench.prepare(`${events('bigserial')}; ${given}`)
    const before = await bench.catalog()
    await expect(bench.apply([partitionTable(change)])).rejects.toThrow(obstacle)
    expect(await bench.catalog()).toEqual(before)
  })

  test('is refused where rows are newer, and can be tried again', async () => {
    await bench.prepare(events('bigserial').replace('GROUP BY id', ''))
    await bench.rows("INSERT INTO events (at, note) VALUES ('2041-01-01Z', 'far')")
    await expect(bench.apply([partitionTable(change)])).rejects.toThrow('partition_proof')
    await bench.rows("DELETE FROM events WHERE note = 'far'")
    await bench.apply([partitionTable(change)])
    expect(await bench.rows('SELECT count(*)::int AS rows FROM events')).toEqual([{ rows: 50 }])
  })
})
