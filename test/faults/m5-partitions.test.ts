import { describe, expect, test } from 'vitest'
import {
  check,
  DataLoss,
  downgrade,
  MigrationFailed,
  plan,
  RevisionHalfDone,
  upgrade,
} from '../../src/index.ts'
import { testProject } from '../migrate/project.ts'
import { servers, type TestDatabase } from '../servers/databases.ts'
import {
  appliedRevisions,
  errorOf,
  indexes,
  newest,
  populated,
  relations,
  sixOn,
  upgradedTo,
} from './base.ts'

const addEvents = (database: TestDatabase) => upgrade(sixOn(database), { to: 'events_partition' })

const dropEvents = (database: TestDatabase, acceptLoss = true) =>
  downgrade(sixOn(database), { to: 'enum_status', acceptLoss })

// Row 5.9 is in offline.test.ts.

/** Has the server refuse CREATE INDEX. */
const refuseIndexes = `CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE 'no index today' USING ERRCODE = 'insufficient_privilege'; END$$;
  CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN tag IN ('CREATE INDEX') EXECUTE FUNCTION refuse()`

describe.each(servers())('events_partition on $name', (server) => {
  test('fault 5.1: the index is on the parent and on each partition, and valid on all', async () => {
    await using database = await upgradedTo('events_partition', server)
    const made = Object.entries(await indexes(database)).filter(([name]) => name.includes('events_user_type'))
    // Eighteen months, the default partition, and the parent.
    expect(made).toHaveLength(20)
    expect(made.filter(([, valid]) => !valid)).toEqual([])
    await database.query(
      "CREATE TABLE events_2027_07 PARTITION OF events FOR VALUES FROM ('2027-07-01Z') TO ('2027-08-01Z')",
    )
    const later = await database.query(
      "SELECT FROM pg_indexes WHERE tablename = 'events_2027_07' AND indexdef LIKE '%(user_id, event_type, created_at DESC)'",
    )
    expect(later).toHaveLength(1)
  })

  test('fault 5.2: one that failed half way goes on from there, and is not taken for the one before it', async () => {
    await using database = await upgradedTo('enum_status', server)
    await database.query(refuseIndexes)
    const error = await errorOf(MigrationFailed, addEvents(database))
    expect(error.message).toContain('no index today')
    expect(await database.query('SELECT FROM events')).toEqual([])
    const undo = downgrade(sixOn(database), { to: '-1', acceptLoss: true })
    expect(await errorOf(RevisionHalfDone, undo)).toMatchObject({ revision: 'events_partition' })
    expect(await appliedRevisions(database)).toContain('enum_status')
    await database.query('DROP EVENT TRIGGER refuse')
    await addEvents(database)
    expect(await indexes(database)).toMatchObject({ idx_events_user_type: true })
    expect(await appliedRevisions(database)).toContain('events_partition')
  })

  test('fault 5.3: an event of today finds its partition, and one of any other day the default one', async () => {
    await using database = await upgradedTo('events_partition', server)
    const inserted = await database.query(`
      INSERT INTO events (event_type, created_at)
      VALUES ('a', '2026-01-01Z'), ('b', '2026-12-31T23:59:59Z'), ('c', '2019-05-01Z'), ('d', '2045-05-01Z'), ('now', now())
      RETURNING event_type, tableoid::regclass::text AS partition`)
    expect(inserted.slice(0, 4)).toEqual([
      { event_type: 'a', partition: 'events_2026_01' },
      { event_type: 'b', partition: 'events_2026_12' },
      { event_type: 'c', partition: 'events_default' },
      { event_type: 'd', partition: 'events_default' },
    ])
    expect(inserted).toHaveLength(5)
  })

  test('fault 5.4: the bounds are the same in whatever time zone the database lives', async () => {
    const boundsIn = async (timezone: string) => {
      await using database = await populated(server)
      const name = new URL(database.url).pathname.slice(1)
      await database.query(`ALTER DATABASE ${name} SET timezone = '${timezone}'`)
      await addEvents(database)
      return await database.query(`SET timezone = 'UTC';
        SELECT relname, pg_get_expr(relpartbound, oid) AS bound FROM pg_class WHERE relispartition AND relkind = 'r' ORDER BY relname`)
    }
    const utc = await boundsIn('UTC')
    expect(utc[0]).toEqual({
      relname: 'events_2026_01',
      bound: "FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2026-02-01 00:00:00+00')",
    })
    expect(await boundsIn('America/New_York')).toEqual(utc)
  })

  test('fault 5.6: partitions that retention has dropped or put aside do not stop the downgrade', async () => {
    await using database = await upgradedTo('enum_status', server)
    const before = await relations(database)
    await addEvents(database)
    await database.query(`DROP TABLE events_2026_01;
      ALTER TABLE events DETACH PARTITION events_2026_02; ALTER TABLE events_2026_02 RENAME TO kept;
      ALTER TABLE kept DROP CONSTRAINT events_user_id_fkey; INSERT INTO kept (event_type, created_at) VALUES ('old', '2026-02-02Z')`)
    await dropEvents(database)
    expect(await database.query('SELECT event_type FROM kept')).toEqual([{ event_type: 'old' }])
    await database.query('DROP TABLE kept')
    expect(await relations(database)).toEqual(before)
  })

  test('fault 5.7: a partition that came later is not dropped with the others, and its rows stay', async () => {
    await using database = await upgradedTo('events_partition', server)
    await database.query(`
      CREATE TABLE events_2027_07 PARTITION OF events FOR VALUES FROM ('2027-07-01Z') TO ('2027-08-01Z');
      INSERT INTO events (event_type, created_at) VALUES ('january', '2026-01-02Z'), ('july', '2027-07-02Z')`)
    const loss = await errorOf(DataLoss, dropEvents(database, false))
    expect(loss.losses.map(({ what }) => what)).toEqual([
      'every row of events from 2026-01-01 to 2027-07-01, and in its default partition',
      'every row of the table events',
    ])
    const refused = await errorOf(MigrationFailed, dropEvents(database))
    expect(refused.message).toContain('the table events still has partitions: events_2027_07')
    expect(await database.query('SELECT event_type FROM events ORDER BY 1')).toEqual([
      { event_type: 'january' },
      { event_type: 'july' },
    ])
    await database.query('ALTER TABLE events DETACH PARTITION events_2027_07')
    await dropEvents(database)
    expect(await database.query('SELECT event_type FROM events_2027_07')).toEqual([{ event_type: 'july' }])
  })

  test('fault 5.8: nothing wants to drop the partitions, and what is dropped and undone is partitions again', async () => {
    await using database = await upgradedTo('events_partition', server)
    const { findings } = await check({ ...sixOn(database) })
    expect(findings).toEqual([
      'rename_email_p1 is not applied: Rename users.email to email_address, first half: both names live.',
    ])
    const partitions =
      "SELECT count(*)::int AS partitions FROM pg_inherits WHERE inhparent = 'events'::regclass"
    const made = await database.query(partitions)
    await using project = await testProject({
      id: 'drop_early',
      down: 'events_partition',
      upgrade:
        "  op.dropPartitions({ table: 'events', every: 'month', from: '2026-01-01', to: '2026-04-01' })",
    })
    await upgrade(sixOn(database, project), { to: 'drop_early' })
    await downgrade(sixOn(database, project), { to: 'events_partition', acceptLoss: true })
    expect(await database.query(partitions)).toEqual(made)
  })
})

test('fault 5.5: the plan says that id alone is not unique', async () => {
  await using database = await upgradedTo('enum_status', newest())
  const { revisions } = await plan(sixOn(database), { to: 'events_partition' })
  expect(revisions.map(({ id, warns }) => ({ id, warns }))).toEqual([
    {
      id: 'events_partition',
      warns: ['in events only (id, created_at) together is unique, not id alone'],
    },
  ])
})
