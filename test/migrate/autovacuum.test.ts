import { expect, test } from 'vitest'
import { connect } from '../../src/connection/connect.ts'
import { upgrade } from '../../src/index.ts'
import { rowOf, start } from '../faults/base.ts'
import { newest } from '../faults/base.ts'
import { startServer } from '../servers/server.ts'
import { testProject } from './project.ts'

/** Autovacuum looks every second, and a table that is a hundred thousand transactions old has to be frozen. */
const settings = { autovacuum_naptime: '1s', autovacuum_freeze_max_age: '100000', autovacuum_max_workers: '3' }

/** A vacuum of it that goes on for minutes. */
const slowly = 'autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1'

test('a vacuum to prevent wraparound is never ended, and any other one is', async () => {
  await using server = await startServer(newest().major, { settings })
  const url = server.url('postgres')
  const connection = await connect(url)
  await connection.run(`CREATE TABLE aged (id int) WITH (${slowly});
    CREATE TABLE dead (id int) WITH (${slowly}, autovacuum_vacuum_threshold = 1)`)
  await connection.run('INSERT INTO aged SELECT generate_series(1, 100000); INSERT INTO dead SELECT generate_series(1, 100000)')
  await connection.run('DELETE FROM dead')
  const vacuums = async (table: string) => {
    for (;;) {
      const [result] = await connection.run(
        `SELECT query FROM pg_stat_activity WHERE backend_type = 'autovacuum worker' AND query LIKE '%public.${table}%'`,
      )
      const [row] = result?.rows ?? []
      if (row !== undefined) return String(row['query'])
      await new Promise((done) => setTimeout(done, 50))
    }
  }
  console.log(await vacuums('dead'))
  const t = performance.now()
  await connection.run(`DO $$ BEGIN FOR n IN 1..101000 LOOP PERFORM txid_current(); COMMIT; END LOOP; END $$`)
  console.log(performance.now() - t)
  console.log(await vacuums('aged'), performance.now() - t)
  await connection.close()
}, 60_000)
