import { describe, expect, test } from 'vitest'
import { connect } from '../../src/connection/connect.ts'
import type { Connection } from '../../src/connection/connection.ts'
import { upgrade } from '../../src/index.ts'
import { start } from '../faults/base.ts'
import { servers } from '../servers/databases.ts'
import { startServer } from '../servers/server.ts'
import { testProject } from './project.ts'

/** A server whose autovacuum looks every second, for what is a hundred thousand transactions old too. */
const settings = { autovacuum_naptime: '1s', autovacuum_freeze_max_age: '100000' }

/** A vacuum of it goes on for minutes. */
const slowly = 'autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1'

describe.each(servers())('on $name', ({ major }) => {
  test('a vacuum in the way is ended, but one to prevent wraparound is named and spared', async () => {
    await using server = await startServer(major, { settings })
    const database = server.url('postgres')
    const connection = await connect(database)
    await connection.run(`CREATE TABLE dead (id int) WITH (${slowly}, autovacuum_vacuum_threshold = 1);
      CREATE TABLE aged (id int) WITH (${slowly}, autovacuum_enabled = false)`)
    await connection.run('INSERT INTO dead SELECT generate_series(1, 100000)')
    await connection.run('INSERT INTO aged SELECT generate_series(1, 100000)')
    await connection.run('DELETE FROM dead')
    await vacuumOf(connection, 'dead')
    const config = (migrations: string) => ({ database, migrations, terminateBlockersAfter: 0.2 })

    await using first = await testProject({ id: 'first', upgrade: addColumn('dead') })
    const ended = start((options) => upgrade(config(first.migrations), options))
    expect((await ended.seen('blocker-terminated')).blocker).toMatchObject({
      backend: 'autovacuum worker',
      query: expect.stringContaining('public.dead'),
    })
    await ended.report

    await connection.run('DO $$BEGIN FOR n IN 1..100001 LOOP PERFORM txid_current(); COMMIT; END LOOP; END$$')
    const worker = await vacuumOf(connection, 'aged')
    await using second = await testProject({ id: 'second', upgrade: addColumn('aged') })
    const spared = start((options) =>
      upgrade(
        { ...config(second.migrations), ledgerSchema: 'other', lockTimeout: 1_000, lockAttempts: 2 },
        options,
      ),
    )
    expect(await spared.seen('blocker-spared')).toMatchObject({
      blocker: { processId: worker, query: expect.stringContaining('(to prevent wraparound)') },
      reason: 'it is a vacuum to prevent transaction id wraparound',
    })
    await expect(spared.report).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    expect(await vacuumOf(connection, 'aged')).toBe(worker)
    await connection.close()
  })
})

const addColumn = (table: string) =>
  `  op.addColumn({ table: '${table}', column: { name: 'n', type: 'int' } })`

/** The process that vacuums a table; waits for it. */
async function vacuumOf(connection: Connection, table: string): Promise<number> {
  for (;;) {
    const [result] = await connection.run(`SELECT pid FROM pg_stat_activity
      WHERE backend_type = 'autovacuum worker' AND query LIKE 'autovacuum: VACUUM%public.${table}%'`)
    const [row] = result?.rows ?? []
    if (row !== undefined) return Number(row['pid'])
    await connection.run('SELECT pg_sleep(0.05)')
  }
}
