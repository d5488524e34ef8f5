import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createUserMapping } from '../../src/operations/registry.ts'
import { planRevision } from '../../src/plan/plan.ts'
import { summarize } from '../../src/plan/stage.ts'
import { stageSql } from '../../src/plan/stage-sql.ts'
import { targets } from '../servers/databases.ts'
import { type Bench, openBench } from './bench.ts'

const revision = {
  id: 'a',
  downRevisions: [],
  branchLabels: [],
  dependsOn: [],
  message: '',
  createDate: null,
  phase: null,
  replaces: [],
  parts: [],
  file: 'a.ts',
}
const shown = `CREATE USER MAPPING FOR PUBLIC SERVER "other" OPTIONS ("user" '********', "password" '********')`
const mapping = (password: string) =>
  createUserMapping({ server: 'other', user: 'PUBLIC', options: { user: 'ada', password } })

test('a password shows in no plan and no fingerprint', async () => {
  const stages = async (password: string) => {
    const recording = { directives: [{ directive: mapping(password), at: null }], open: null }
    const planned = await planRevision({ revision, direction: 'upgrade', recording, server: { major: 18 } })
    return planned.stages.map((stage) => ({ sql: stageSql(stage), ...summarize(stage, 1) }))
  }
  const [stage] = await stages('hunter2')
  expect(stage?.sql).toEqual([shown])
  expect(await stages('another')).toEqual([stage])
})

describe.each(targets)('on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  test('a password shows in no error and in no ledger', async () => {
    await bench.prepare()
    const error = await bench.apply([mapping('hunter2')]).catch((failure: unknown) => failure)
    expect(error).toMatchObject({
      message: expect.stringContaining('server "other" does not exist'),
      place: {
        statement: shown,
        position: null,
      },
    })
    await bench.prepare('CREATE FOREIGN DATA WRAPPER far; CREATE SERVER other FOREIGN DATA WRAPPER far')
    await bench.apply([mapping('hunter2')])
    const ledger = await bench.rows(
      'SELECT r::text FROM limbeck.run r UNION ALL SELECT s::text FROM limbeck.stage s',
    )
    expect(JSON.stringify([error, ledger])).not.toContain('hunter2')
  })
})
