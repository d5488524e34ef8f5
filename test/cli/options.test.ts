import { describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { configText, folder } from './folder.ts'
import { newestServer, sample, sampleRevisions } from './sample.ts'

describe('options of every command', () => {
  test('stand before the verb or after it', async () => {
    await using project = await sample()
    const after = await project.limbeck('heads', '--json', '--migrations', 'migrations')
    expect(JSON.parse(after.out)).toMatchObject([{ id: 'default_nickname' }])
    expect(await project.limbeck('--json', '--migrations', 'migrations', 'heads')).toEqual(after)
    expect(await project.limbeck('--json', 'heads', '--migrations=migrations')).toEqual(after)
    expect(await project.limbeck('-c', 'limbeck.config.ts', '--json', 'heads')).toEqual(after)
  })

  test('--migrations is a folder as seen from here, several if it is said several times', async () => {
    await using project = await folder({
      ...sampleRevisions,
      'limbeck.config.ts': configText({ migrations: 'nowhere' }),
      'more/other.ts': "export const revision = 'other'\nexport const downRevision = null\n",
    })
    const { out } = await project.limbeck('heads', '--migrations', 'migrations', '--migrations', 'more')
    expect(
      out
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split(' ')[0]),
    ).toEqual(['other', 'default_nickname'])
  })

  test('--quiet leaves the result and takes the progress away', async () => {
    await using project = await sample()
    const { out, err } = await project.limbeck('upgrade', '--quiet')
    expect(out).toContain('3 revisions applied')
    expect(err).toBe('')
  })

  test('--version is that of the package', async () => {
    await using project = await folder()
    expect((await project.limbeck('--version')).out).toBe(`${packageJson.version}\n`)
  })

  test('a verb may be written with an underscore, as in Alembic', async () => {
    await using project = await folder()
    expect(await project.limbeck('list_templates')).toEqual(await project.limbeck('list-templates'))
  })
})

describe('revisions that begin with a minus', () => {
  test('-1 is a revision, wherever it stands', async () => {
    await using project = await sample()
    await project.report('upgrade')
    await project.report('downgrade', '-1')
    expect(await project.report('current')).toMatchObject({ current: [{ id: 'nickname' }] })
    await project.report('-y', 'downgrade', '-1', '-q')
    expect(await project.report('current')).toMatchObject({ current: [{ id: 'users' }] })
    expect(await project.report('plan', '--downgrade', '-1')).toEqual(
      await project.report('plan', '--downgrade', '--', '-1'),
    )
  })

  test('-3:current is a range, whether it touches its option or not', async () => {
    await using project = await sample()
    await project.report('upgrade', 'nickname')
    const both = { revisions: [{ id: 'nickname' }, { id: 'users' }] }
    expect(await project.report('history', '-r-3:current')).toMatchObject(both)
    expect(await project.report('history', '-r', '-3:current')).toMatchObject(both)
    expect(await project.report('history', '--rev-range', '-1:current')).toMatchObject(both)
    expect(await project.report('history', '--rev-range=-1:current')).toMatchObject(both)
  })

  test('a message may begin with a minus and a digit too', async () => {
    await using project = await folder(sampleRevisions)
    const { out } = await project.limbeck('revision', '-m', '-3 columns', '--rev-id', 'fewer', '--json')
    const { file } = JSON.parse(out)
    expect(await project.read(file.slice(project.directory.length))).toMatch(/^\/\*\* -3 columns \*\/\n/)
  })
})

describe('the database', () => {
  test('is --database-url’s, else the config file’s, else DATABASE_URL’s, else the embedded one', async () => {
    const server = newestServer()
    const opened = await Promise.all([server.open(), server.open(), server.open()])
    const [named, configured, inherited] = opened.map(({ url }) => url)
    await using project = await folder({
      ...sampleRevisions,
      'limbeck.config.ts': configText({ database: configured }),
      'without.ts': configText({}),
    })
    const databaseOf = async (environment: { [name: string]: string }, ...words: readonly string[]) => {
      const { out } = await project.at({ environment })('status', '--json', ...words)
      return JSON.parse(out).database
    }
    const environment = { DATABASE_URL: inherited ?? '' }
    expect(await databaseOf(environment, '--database-url', named ?? '')).toBe(named)
    expect(await databaseOf(environment)).toBe(configured)
    expect(await databaseOf(environment, '--config', 'without.ts')).toBe(inherited)
    const embedded = `pglite:${project.directory}/.limbeck/database`
    expect(await databaseOf({}, '--config', 'without.ts')).toBe(embedded)
    expect(await databaseOf({ DATABASE_URL: '' }, '--config', 'without.ts')).toBe(embedded)
    await Promise.all(opened.map((database) => database.drop()))
  })

  test('pglite:DIRECTORY on the command line is a folder as seen from here, not from the config file', async () => {
    await using project = await folder({ 'limbeck.config.ts': configText({}), ...sampleRevisions })
    await project.write({ 'below/empty.txt': '' })
    await using below = await folder()
    const { out } = await below.limbeck(
      ...['ensure-version', '--json', '--config', `${project.directory}/limbeck.config.ts`],
      ...['--database-url', 'pglite:data'],
    )
    expect(JSON.parse(out).database).toBe(`pglite:${below.directory}/data`)
  })
})

describe('colours', () => {
  const escapeCode = '\u001b['

  test('are there on a terminal that has them, and in no JSON', async () => {
    await using project = await sample()
    const type = project.at({ colours: true })
    expect((await type('heads')).out).toContain(escapeCode)
    expect((await type('upgrade')).err).toContain(escapeCode)
    expect((await type('upgrade', 'nowhere')).err).toContain(escapeCode)
    expect((await type('--help')).out).toContain(escapeCode)
    expect((await type('heads', '--json')).out).not.toContain(escapeCode)
  })

  test.each([
    ['--no-color', { colours: true }, ['--no-color']],
    ['no terminal', {}, []],
  ])('%s: not one escape code', async (_, options, words) => {
    await using project = await sample()
    const type = project.at(options)
    for (const line of [['--help'], ['heads'], ['upgrade'], ['upgrade', 'nowhere'], ['history', '-i']]) {
      const { out, err } = await type(...line, ...words)
      expect(out + err).not.toContain(escapeCode)
    }
  })
})
