import { describe, expect, test } from 'vitest'
import { chain, folder } from './folder.ts'
import { sample, sampleRevisions } from './sample.ts'

describe('exit code 1: the command failed', () => {
  test('a revision that is not there', async () => {
    await using project = await sample()
    const { exitCode, out, err } = await project.limbeck('upgrade', 'nickmane')
    expect([exitCode, out]).toEqual([1, ''])
    expect(err).toContain('error  ')
    expect(err).toContain('nickname')
  })

  test('a revision that fails', async () => {
    await using project = await sample(
      chain({ broken: { upgrade: "  op.execute({ sql: 'SELECT 1 / 0' })" } }),
    )
    const { exitCode, err } = await project.limbeck('upgrade')
    expect(exitCode).toBe(1)
    expect(err).toContain('division by zero')
  })

  test('a set-up in which the doctor finds an error', async () => {
    await using project = await sample({
      ...sampleRevisions,
      'migrations/broken.ts': "export const revision = 'broken'\nexport const downRevision = null\n",
    })
    const { exitCode, out } = await project.limbeck('doctor')
    expect(exitCode).toBe(1)
    expect(out).toContain('✗ ')
    expect(out).toContain('it exports no function "upgrade"')
  })

  test('a folder of revisions that is not there, with what to do', async () => {
    await using project = await folder()
    const { exitCode, err } = await project.limbeck('heads')
    expect(exitCode).toBe(1)
    expect(err).toContain(`There is no directory of revisions at ${project.directory}/migrations.`)
    expect(err).toContain('limbeck init')
  })
})

describe('exit code 2: the command line makes no sense', () => {
  test.each([
    ['a verb that there is not, with the near one', ['upgarde'], 'Did you mean upgrade?'],
    ['an option that the verb does not take', ['upgrade', '--message', 'x'], '--message'],
    ['an option without its value', ['revision', '-m'], '--message'],
    ['an argument that is missing', ['downgrade'], 'needs REVISION'],
    [
      'a revision that is missing',
      ['show'],
      'limbeck show needs REVISION: an id or the beginning of one, a label, or head.',
    ],
    ['a schema that is missing', ['diff'], 'For example "limbeck diff head".'],
    ['an argument too many', ['upgrade', 'head', 'heads'], 'does not take "heads"'],
    ['a value that the option does not know', ['upgrade', '--transaction', 'some'], '"some"'],
    ['a shell that has no completion', ['completion', 'tcsh'], '"tcsh"'],
    ['how to generate, where nothing is', ['revision', '--online'], 'Nothing is generated for --online.'],
    ['an option without a verb', ['--purge'], '"--purge"'],
  ])('%s', async (_, words, said) => {
    await using project = await folder(sampleRevisions)
    const { exitCode, out, err } = await project.limbeck(...words)
    expect([exitCode, out]).toEqual([2, ''])
    expect(err).toMatch(/^error {2}/)
    expect(err).toContain(said)
    expect(err).toContain('hint   ')
  })
})

describe('exit code 3: a check found a difference', () => {
  test('check, until everything is applied', async () => {
    await using project = await sample()
    const before = await project.limbeck('check')
    expect(before.exitCode).toBe(3)
    expect(before.out).toContain('✗ users is not applied: About users.')
    await project.report('upgrade')
    const after = await project.limbeck('check')
    expect(after).toMatchObject({ exitCode: 0, out: expect.stringContaining('and the folder agree') })
  })

  test('check, where there are two heads, or an applied revision has no file', async () => {
    await using project = await sample()
    await project.report('upgrade')
    await project.report('revision', '-m', 'a branch', '--head', 'users', '--splice', '--rev-id', 'branch')
    expect((await project.limbeck('check')).out).toContain('✗ There are 2 heads: ')
    await project.report('stamp', 'heads')
    await project.report('revision', '--rev-id', 'lost', '--head', 'branch')
    await project.report('stamp', 'heads')
    expect((await project.limbeck('check')).exitCode).toBe(3)
  })

  test('current --check-heads, until everything is applied', async () => {
    await using project = await sample()
    await project.report('upgrade', 'users')
    expect(await project.limbeck('current', '--check-heads')).toMatchObject({ exitCode: 3 })
    expect(await project.limbeck('current')).toMatchObject({ exitCode: 0, out: 'users  About users.\n' })
    await project.report('upgrade')
    expect(await project.limbeck('current', '--check-heads')).toMatchObject({
      exitCode: 0,
      out: 'default_nickname (head)  About default_nickname.\n',
    })
  })
})
