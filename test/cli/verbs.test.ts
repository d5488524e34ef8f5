import { describe, expect, test } from 'vitest'
import { globalOptions } from '../../src/cli/options.ts'
import { verbs } from '../../src/cli/verbs.ts'
import { targets } from '../servers/databases.ts'
import { type Folder, folder } from './folder.ts'
import { sample } from './sample.ts'

/** For each verb, a line that succeeds in the sample project. */
const typed: { readonly [verb: string]: readonly string[] } = {
  init: ['revisions'],
  import: ['alembic', 'service'],
  revision: ['-m', 'add teams'],
  plan: ['heads'],
  upgrade: ['head'],
  downgrade: ['base', '--yes'],
  abort: [],
  drift: [],
  diff: ['base', 'head'],
  dump: [],
  baseline: ['-m', 'what there was'],
  types: ['head'],
  backfill: ['list'],
  partitions: [],
  status: [],
  current: [],
  history: ['--indicate-current'],
  show: ['head'],
  edit: ['head'],
  heads: ['--verbose'],
  branches: [],
  merge: ['users', 'nickname', '--splice'],
  squash: ['base:head'],
  stamp: ['head'],
  accept: [],
  lint: ['heads'],
  verify: [],
  check: [],
  doctor: [],
  'ensure-version': [],
  'list-templates': [],
  completion: ['bash'],
}

/** The verbs that find something to say of a project of which nothing is applied yet. */
const finds: { readonly [verb: string]: number } = { check: 3, diff: 3 }

/** Where a verb wants other files to be there. */
const projects: { readonly [verb: string]: () => Promise<Folder> } = {
  init: () => folder(),
  import: () =>
    sample({
      'migrations/.keep': '',
      'service/versions/base.py': "revision = 'base'\ndown_revision = None\n\ndef upgrade():\n    pass\n",
    }),
  baseline: () => sample({ 'migrations/.keep': '' }),
}

describe.each(verbs)('limbeck $name', (verb) => {
  test('--help says how it is used, and every option', async () => {
    await using project = await folder()
    const { exitCode, out, err } = await project.limbeck(verb.name, '--help')
    expect([exitCode, err]).toEqual([0, ''])
    expect(out).toContain(`Usage  limbeck ${verb.name}`)
    for (const { name, summary } of [...(verb.options ?? []), ...globalOptions]) {
      expect(out).toMatch(new RegExp(`--${name}\\b.* ${literally(summary)}`))
    }
  })

  test('--json prints exactly one JSON document, and nothing beside it', async () => {
    const words = typed[verb.name]
    if (words === undefined) throw new Error(`Add a line for "${verb.name}" to this test.`)
    await using project = await (projects[verb.name]?.() ?? sample())
    const type = project.at({ environment: { EDITOR: 'true' } })
    const { exitCode, out, err } = await type(verb.name, ...words, '--json')
    expect([exitCode, err]).toEqual([finds[verb.name] ?? 0, ''])
    expect(JSON.parse(out)).toEqual(expect.any(Object))
  })

  test('--json prints an error as one JSON document too', async () => {
    await using project = await folder()
    const { exitCode, out, err } = await project.limbeck(verb.name, '--json', '--config', 'nowhere.ts')
    const misused = (verb.arguments ?? []).some(({ required }) => required === true)
    expect([exitCode, err]).toEqual([misused ? 2 : 1, ''])
    expect(JSON.parse(out)).toMatchObject({ error: { code: misused ? 'MISUSE' : 'CONFIG_FILE_BROKEN' } })
  })
})

test('no verb and --help list every verb', async () => {
  await using project = await folder()
  const { exitCode, out } = await project.limbeck()
  expect(exitCode).toBe(0)
  expect(await project.limbeck('--help')).toMatchObject({ exitCode: 0, out })
  for (const { name, summary } of verbs) expect(out).toMatch(new RegExp(`${name} +${literally(summary)}`))
})

describe.each(targets)('on $name', (target) => {
  test('a project goes all the way up and down', async () => {
    await using project = await sample(undefined, target)
    const up = await project.limbeck('upgrade')
    expect(up).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^✓ 3 revisions applied in /) })
    expect(up.err).toContain('✓ add column users.nickname')
    expect(await project.limbeck('upgrade')).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^Nothing to do/),
    })
    expect(await project.report('status')).toMatchObject({ current: ['default_nickname'], pending: [] })
    expect(await project.limbeck('downgrade', 'base', '--yes')).toMatchObject({ exitCode: 0 })
    expect(await project.report('status')).toMatchObject({ current: [], applied: [] })
  })
})

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
