import { expect, test } from 'vitest'
import { chain, revisionText } from './folder.ts'
import { sample } from './sample.ts'

const revisions = chain({
  users: {
    upgrade:
      "  op.execute({ sql: 'CREATE TABLE users AS SELECT n AS id, NULL::int AS n FROM generate_series(1, 30) n; ALTER TABLE users ADD PRIMARY KEY (id)', inverse: null })",
  },
  fill: { upgrade: "  op.backfill({ table: 'users', set: { n: 1 } })" },
})

test('what is left to workers is told by upgrade, plan, status and list, and done by run', async () => {
  await using project = await sample(revisions)
  const planned = await project.limbeck('plan', '--detach')
  expect(planned.out).toContain('backfill users.n  (left to "limbeck backfill run")')
  const left = expect.stringMatching(
    /… fill {2}users\.n {2}stopped, 0( of about 30)? rows {2}limbeck backfill run fill/,
  )
  const upgraded = await project.limbeck('upgrade', '--detach')
  expect(upgraded).toMatchObject({ exitCode: 0, out: left })
  expect(upgraded.err).toContain('  … backfill users.n is left to "limbeck backfill run fill"\n')
  expect(upgraded.err).not.toContain('✓ backfill')
  for (const verb of ['plan', 'status']) expect(await project.limbeck(verb)).toMatchObject({ out: left })
  expect((await project.limbeck('backfill', 'list')).out).toMatch(/fill +users\.n +detached/)
  const run = await project.limbeck('backfill', 'run', '--workers', '2')
  expect(run).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('✓ fill  users.n  30 rows, 30 written'),
  })
  expect((await project.limbeck('backfill', 'list')).out).toMatch(/fill +users\.n +done/)
  expect((await project.limbeck('backfill', 'run')).out).toContain('No backfill has anything left to do.')
  expect((await project.limbeck('status')).out).not.toContain('backfill run')
})

test('what an earlier run has left to workers has no check mark either where a later one passes it', async () => {
  await using project = await sample(revisions)
  const fill = (divisor: number) =>
    revisionText('fill', {
      down: 'users',
      upgrade: `  op.backfill({ table: 'users', set: { n: 1 }, detach: true })
  op.execute({ sql: 'SELECT 1 / ${divisor}', inverse: null })`,
    })
  await project.write({ 'migrations/fill.ts': fill(0) })
  expect(await project.limbeck('upgrade')).toMatchObject({ exitCode: 1 })
  await project.write({ 'migrations/fill.ts': fill(1) })
  const { exitCode, err } = await project.limbeck('upgrade')
  expect(exitCode).toBe(0)
  expect(err).toContain('  … backfill users.n is left to "limbeck backfill run fill"\n')
  expect(err).not.toContain('✓ backfill')
})

test('what ended more than a day ago is counted and left out of the list, unless all is asked for', async () => {
  await using project = await sample(revisions)
  await project.report('upgrade', '--detach')
  const dayLater = () =>
    project.database.query(`UPDATE limbeck.stage SET started_at = started_at - interval '25 h', finished_at = finished_at - interval '25 h';
      UPDATE limbeck.backfill_range SET updated_at = updated_at - interval '25 h'`)
  await dayLater()
  expect((await project.limbeck('backfill', 'list')).out).toMatch(/fill +users\.n +detached/)
  await project.report('backfill', 'run')
  expect(await project.report('backfill', 'list')).toMatchObject({
    backfills: [{ revision: 'fill', state: 'done' }],
    leftOut: 0,
  })
  await dayLater()
  const { out } = await project.limbeck('backfill', 'list')
  expect(out).toMatch(
    /^No backfill is under way\. .*\n1 backfill that ended more than a day ago: limbeck backfill list --all\n$/,
  )
  expect(await project.report('backfill', 'list')).toMatchObject({ backfills: [], leftOut: 1 })
  expect((await project.limbeck('backfill', 'list', '--watch')).out).toBe(out)
  expect((await project.limbeck('backfill', 'list', '--all')).out).toMatch(/fill +users\.n +done/)
  await project.database.query(
    "INSERT INTO limbeck.backfill_failure (run, stage, key, message) SELECT run, stage, '{1}', 'no' FROM limbeck.backfill",
  )
  expect((await project.limbeck('backfill', 'list')).out).toContain('1 set aside')
})

test('workers that are no number are misuse', async () => {
  await using project = await sample(revisions)
  expect(await project.limbeck('backfill', 'run', '--workers', 'many')).toMatchObject({ exitCode: 2 })
})
