import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CannotRunOffline } from '../../src/migrate/offline.ts'
import { runScript } from '../../src/migrate/run-script.ts'
import { inTurn, targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'
import { cases, isRunnable } from './examples.ts'

const casesOf = inTurn(cases, targets, isRunnable)

describe.each(targets)('offline on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  test.for(casesOf(target).map((one) => [one.name, one] as const))(
    '%s',
    async ([, { directive, example }]) => {
      const script = await bench.script([directive]).catch((error: unknown) => error)
      if (script instanceof CannotRunOffline)
        return expect(script.message).toMatch(/cannot be a script: .+\.$/)
      if (typeof script !== 'string') throw script
      await bench.prepare(example.given)
      await bench.apply([directive])
      const online = await bench.catalog()
      await bench.prepare(example.given)
      await bench.forget()
      await runScript(bench.connection, script)
      expect(await bench.catalog()).toEqual(online)
      const applied = `SELECT status, (SELECT count(*)::int FROM limbeck.revision) AS applied FROM limbeck.run`
      expect(await bench.rows(applied)).toEqual([{ status: 'done', applied: 1 }])
      await bench.connection.run('SELECT pg_advisory_unlock_all(); RESET lock_timeout')
    },
  )
})
