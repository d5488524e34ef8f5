import { describe, expect, test } from 'vitest'
import { configText, folder, revisionText } from './folder.ts'
import { sample } from './sample.ts'

/** One base; billing and users branch off it, and users' second revision depends on billing's. */
const branched = {
  'migrations/base.ts': revisionText('base_rev'),
  'migrations/billing.ts': revisionText('billing_1', { down: 'base_rev', labels: ['billing'] }),
  'migrations/users.ts': revisionText('users_1', { down: 'base_rev', labels: ['users'] }),
  'migrations/more.ts': revisionText('users_2', { down: 'users_1', dependsOn: 'billing_1' }),
}

describe('a project with two heads', () => {
  test('heads lists them, and leaves out on request what another one depends on', async () => {
    await using project = await folder(branched)
    expect((await project.limbeck('heads')).out).toBe(
      'billing_1 (head, billing)  About billing_1.\nusers_2 (head, users)  About users_2.\n',
    )
    expect((await project.limbeck('heads', '--resolve-dependencies')).out).toBe(
      'users_2 (head, users)  About users_2.\n',
    )
    expect((await project.limbeck('heads', '-v')).out).toContain(`users_2 (head, users)  About users_2.
    after      users_1
    depends on billing_1
    created    2026-01-15T00:00:00Z
    file       ${project.directory}/migrations/more.ts
`)
  })

  test('branches shows where they part', async () => {
    await using project = await folder(branched)
    expect((await project.limbeck('branches')).out).toBe(`base_rev (branch point)  About base_rev.
  ╰─ billing_1 (head, billing)  About billing_1.
  ╰─ users_1 (users)  About users_1.
`)
  })

  test('upgrade wants to know which, and takes a label', async () => {
    await using project = await sample(branched)
    const { exitCode, err } = await project.limbeck('upgrade')
    expect(exitCode).toBe(1)
    expect(err).toContain('"head" could be any of 2 heads: billing_1, users_2.')
    expect(await project.report('upgrade', 'billing@head')).toMatchObject({
      applied: [{ id: 'base_rev' }, { id: 'billing_1' }],
    })
    expect(await project.report('upgrade', 'heads')).toMatchObject({
      applied: [{ id: 'users_1' }, { id: 'users_2' }],
    })
  })

  test('history draws them, with what the database has', async () => {
    await using project = await sample(branched)
    await project.report('upgrade', 'billing@head')
    expect((await project.limbeck('history', '-i')).out).toBe(`○  users_2 (head, users)  About users_2.
○  users_1 (users)  About users_1.
│ ●  billing_1 (head, billing)  About billing_1.
├─╯
●  base_rev (branch point)  About base_rev.
`)
  })

  test('merge joins them, and then there is one head', async () => {
    await using project = await sample(branched)
    const merged = await project.limbeck('merge', '-m', 'both', '--rev-id', 'joined')
    expect(merged.out).toMatch(
      /^✓ migrations\/.*_joined_both\.ts\n {2}joined, after billing_1 and users_2\n$/,
    )
    expect(await project.report('heads')).toMatchObject([{ id: 'joined', isMerge: true }])
    expect(await project.report('upgrade')).toMatchObject({ applied: { length: 5 } })
    expect(
      (await project.limbeck('history', '-r', 'users_1:joined')).out,
    ).toBe(`●  joined (head, merge, billing, users)  both
●  users_2 (users)  About users_2.
●  users_1 (users)  About users_1.
`)
  })
})

describe('revision', () => {
  test('writes the first revision, and each next one after the head', async () => {
    await using project = await sample({ 'migrations/empty.txt': '' })
    const first = await project.limbeck('revision', '-m', 'Add "users" & more', '--rev-id', 'one')
    expect(first.out).toMatch(/^✓ migrations\/\d{4}-\d\d-\d\d_one_add_users_more\.ts\n {2}one, a new base\n$/)
    expect((await project.limbeck('revision', '--rev-id', 'two')).out).toContain('two, after one')
    expect(await project.report('upgrade')).toMatchObject({ applied: [{ id: 'one' }, { id: 'two' }] })
  })

  test('begins a branch with --splice and a label, and a second base with --head base', async () => {
    await using project = await folder(branched)
    const refused = await project.limbeck('revision', '--head', 'users_1')
    expect(refused).toMatchObject({ exitCode: 1, err: expect.stringContaining('--splice') })
    const label = ['--branch-label', 'aside']
    await project.report('revision', '--head', 'users_1', '--splice', '--rev-id', 'side', ...label)
    await project.report('revision', '--head', 'base', '--rev-id', 'second_base')
    expect(await project.report('show', 'aside@head')).toMatchObject([
      { id: 'side', downRevisions: ['users_1'] },
    ])
    expect(await project.report('show', 'second_base')).toMatchObject([{ downRevisions: [] }])
  })

  test('writes what it depends on into the header', async () => {
    await using project = await folder(branched)
    await project.report('revision', '--head', 'users_2', '--depends-on', 'billing', '--rev-id', 'dependent')
    expect(await project.report('show', 'dependent')).toMatchObject([{ dependsOn: ['billing'] }])
  })

  test('refuses an id that is taken, and a label that is', async () => {
    await using project = await folder(branched)
    const taken = await project.limbeck('revision', '--head', 'users_2', '--rev-id', 'billing_1')
    expect(taken).toMatchObject({ exitCode: 1, err: expect.stringContaining('billing_1') })
    const label = ['--branch-label', 'billing']
    const refused = await project.limbeck('revision', '--head', 'users_2', '--rev-id', 'x', ...label)
    expect(refused).toMatchObject({ exitCode: 1, err: expect.stringContaining('"billing"') })
    expect(await project.report('heads')).toMatchObject([{ id: 'billing_1' }, { id: 'users_2' }])
  })

  test.each(['ts', 'js', 'sql'])('writes with the template %s what can be run at once', async (template) => {
    await using project = await sample({ 'migrations/empty.txt': '' })
    await project.report('revision', '-m', "it's \\ `new` */", '--template', template, '--rev-id', 'made')
    expect(await project.report('upgrade')).toMatchObject({ applied: [{ id: 'made' }] })
    expect(await project.report('downgrade', 'base')).toMatchObject({ undone: [{ id: 'made' }] })
  })
})

describe('several folders of revisions', () => {
  const config = configText({ migrations: ['core', 'billing'] })

  test('are one graph, and --version-path says where a revision is written', async () => {
    await using project = await folder({
      'limbeck.config.ts': config,
      'core/a.ts': revisionText('a'),
      'billing/b.ts': revisionText('b', { down: 'a' }),
    })
    expect((await project.limbeck('revision', '--rev-id', 'c')).out).toMatch(/^✓ core\//)
    const words = ['revision', '--rev-id', 'd', '--version-path', 'billing']
    expect((await project.limbeck(...words)).out).toMatch(/^✓ billing\//)
    expect(await project.report('heads')).toMatchObject([{ id: 'd', downRevisions: ['c'] }])
  })

  test('a folder that is none of them is refused, since nobody would find the revision there', async () => {
    await using project = await folder({
      'limbeck.config.ts': config,
      'core/a.ts': revisionText('a'),
      'billing/empty.txt': '',
    })
    const { exitCode, err } = await project.limbeck('revision', '--version-path', 'elsewhere')
    expect(exitCode).toBe(1)
    expect(err).toContain(`${project.directory}/elsewhere is in none of the project's folders of revisions`)
    expect(await project.limbeck('revision', '--version-path', 'core/2026')).toMatchObject({ exitCode: 0 })
  })
})

describe('init', () => {
  test.each(['ts', 'js', 'sql'])('sets up a project that runs, with the template %s', async (template) => {
    await using project = await sample({})
    await using fresh = await folder({ '.git/HEAD': '' })
    const { out } = await fresh.limbeck('init', 'db/revisions', '--template', template)
    expect(await fresh.read('limbeck.config.ts')).toContain("\n  // schema: 'schema.sql',\n")
    expect(out).toMatch(
      new RegExp(`^✓ limbeck\\.config\\.ts\n✓ db/revisions/.*\\.${template}\n✓ \\.gitignore\n`),
    )
    expect(await fresh.read('.gitignore')).toBe('.limbeck/\n')
    expect(await fresh.report('upgrade', '--database-url', project.database.url)).toMatchObject({
      applied: [{ message: 'The first revision.' }],
    })
  })

  test('overwrites nothing', async () => {
    await using project = await folder({ 'limbeck.config.ts': configText({}) })
    const { exitCode, err } = await project.limbeck('init')
    expect(exitCode).toBe(1)
    expect(err).toContain('limbeck.config.ts is there already.')
    expect(await project.read('limbeck.config.ts')).toBe(configText({}))
  })
})
