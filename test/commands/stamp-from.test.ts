import { describe, expect, test } from 'vitest'
import { connect } from '../../src/connection/connect.ts'
import { runScript } from '../../src/migrate/run-script.ts'
import { chain, revisionText } from '../cli/folder.ts'
import { sample } from '../cli/sample.ts'
import { servers, targets } from '../servers/databases.ts'

const alembicVersion = (...heads: readonly string[]) => `CREATE TABLE alembic_version (
  version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
${heads.map((id) => `INSERT INTO alembic_version VALUES ('${id}');`).join('\n')}`

const table = (name: string) => ({ upgrade: `  op.execute({ sql: 'CREATE TABLE ${name} ()' })` })
const three = chain({ one: table('one'), two: table('two'), three: table('three') })

describe.each(targets)('on $name', (target) => {
  test('an upgrade refuses a database that Alembic has made, and leaves no trace', async () => {
    await using project = await sample(three, target)
    await project.database.query(alembicVersion('two'))
    const { exitCode, err } = await project.limbeck('upgrade')
    expect(exitCode).toBe(1)
    expect(err).toContain('Alembic has applied migrations to this database (public.alembic_version)')
    expect(err).toContain('"limbeck stamp --from alembic" takes over')
    expect(await project.database.query("SELECT to_regclass('limbeck.run') AS ledger")).toEqual([
      { ledger: null },
    ])
  })

  test('current says that Alembic has been there, stamp takes its heads over, and an upgrade goes on', async () => {
    await using project = await sample(three, target)
    await project.database.query(`CREATE SCHEMA app; SET search_path = app; ${alembicVersion('two')}`)
    const { out } = await project.limbeck('current')
    expect(out).toBe(`nothing applied
! Alembic has applied migrations here, and Limbeck knows of none: app.alembic_version is at two
  Take that over, and nothing is run again: limbeck stamp --from alembic
`)
    expect(await project.limbeck('stamp', '--from-alembic')).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(
        /^✓ 2 revisions marked as applied: Alembic says two \(app.alembic_version\) /,
      ),
    })
    expect(await project.report('current')).toMatchObject({ current: [{ id: 'two' }], otherTools: [] })
    expect(await project.report('upgrade')).toMatchObject({ applied: [{ id: 'three' }] })
    expect(
      await project.database.query("SELECT to_regclass('one') AS one, to_regclass('three') AS three"),
    ).toEqual([{ one: null, three: 'three' }])
  })
})

test('what the ledger says already is left, and something else is refused', async () => {
  await using project = await sample(three)
  await project.database.query(alembicVersion('two'))
  await project.report('stamp', '--from', 'alembic')
  expect(await project.limbeck('stamp', '--from', 'alembic')).toMatchObject({
    exitCode: 0,
    out: expect.stringMatching(/^Nothing to do: Alembic says two /),
  })
  await project.database.query("UPDATE alembic_version SET version_num = 'three'")
  expect((await project.limbeck('current')).out).toContain(
    'public.alembic_version and the ledger are apart: Alembic has three, which the ledger does not have',
  )
  const refused = await project.limbeck('stamp', '--from', 'alembic')
  expect(refused).toMatchObject({ exitCode: 1, err: expect.stringContaining('Alembic alone has three.') })
  await project.report('stamp', '--from', 'alembic', '--purge')
  expect(await project.report('status')).toMatchObject({ current: ['three'], otherTools: [] })
})

test('versions that are no revisions are listed, and nothing is written', async () => {
  await using project = await sample(three)
  await project.database.query(alembicVersion('two', 'lost', 'gone'))
  const { exitCode, err } = await project.limbeck('stamp', '--from-alembic')
  expect(exitCode).toBe(1)
  expect(err).toContain(
    'Alembic has applied gone, lost (public.alembic_version), and no file is that revision.',
  )
  expect(await project.report('status')).toMatchObject({ applied: [] })
})

test('heads that others depend on are applied too', async () => {
  await using project = await sample({
    ...chain({ one: {}, two: {} }),
    'migrations/other.ts': revisionText('other', { dependsOn: 'two' }),
  })
  await project.database.query(alembicVersion('other'))
  await project.report('stamp', '--from-alembic')
  expect(await project.report('status')).toMatchObject({ pending: [] })
})

test('several tables of versions are told apart by --version-table, and by the configuration', async () => {
  await using project = await sample(three)
  await project.database.query(
    `${alembicVersion('one')} CREATE SCHEMA b; SET search_path = b; ${alembicVersion('two')}`,
  )
  const unclear = await project.limbeck('stamp', '--from-alembic')
  expect(unclear.err).toContain("several tables of Alembic's: b.alembic_version, public.alembic_version.")
  await project.report('stamp', '--from-alembic', '--version-table', 'b.alembic_version')
  expect(await project.report('status')).toMatchObject({ current: ['two'] })
})

test('a table of another name is found where the configuration names it', async () => {
  await using project = await sample(three)
  const { url } = project.database
  await project.write({
    'limbeck.config.ts': `export default ${JSON.stringify({ database: url, alembic: { versionTable: 'versions' } })}`,
  })
  await project.database.query(`${alembicVersion('two')} ALTER TABLE alembic_version RENAME TO versions`)
  expect((await project.limbeck('upgrade')).err).toContain('(public.versions)')
  await project.report('stamp', '--from-alembic')
  expect(await project.report('status')).toMatchObject({ current: ['two'] })
})

test('a table of something else is ignored where the configuration says so', async () => {
  await using project = await sample(three)
  const { url } = project.database
  await project.write({
    'limbeck.config.ts': `export default ${JSON.stringify({ database: url, otherTools: 'ignore', lint: 'off' })}`,
  })
  await project.database.query(alembicVersion('elsewhere'))
  expect(await project.report('upgrade')).toMatchObject({ applied: [{}, {}, {}] })
  expect(await project.report('current')).toMatchObject({ otherTools: [] })
})

test('no table, no tool and too many words are said', async () => {
  await using project = await sample(three)
  expect((await project.limbeck('stamp', '--from-alembic')).err).toContain(
    "The database has no table alembic_version of Alembic's",
  )
  expect((await project.limbeck('stamp', '--from', 'liquibase')).err).toContain('of "liquibase"')
  expect(await project.limbeck('stamp', 'head', '--from-alembic')).toMatchObject({ exitCode: 2 })
  expect(await project.limbeck('stamp')).toMatchObject({ exitCode: 2 })
})

test('Alembic’s table is no drift, and nothing that a revision would drop', async () => {
  await using project = await sample(three)
  await project.database.query(
    `${alembicVersion('three')} CREATE TABLE one (); CREATE TABLE two (); CREATE TABLE three ()`,
  )
  await project.report('stamp', '--from-alembic')
  expect(await project.limbeck('drift')).toMatchObject({ exitCode: 0 })
  await project.database.query('CREATE TABLE by_hand ()')
  expect(await project.limbeck('drift')).toMatchObject({
    exitCode: 3,
    out: expect.not.stringContaining('alembic_version'),
  })
})

test('doctor finds a database that is to be taken over', async () => {
  await using project = await sample(three)
  await project.database.query(alembicVersion('two'))
  expect(await project.limbeck('doctor')).toMatchObject({
    exitCode: 1,
    out: expect.stringContaining('Alembic has applied migrations to this database'),
  })
})

test('plan says what an upgrade would: that it refuses', async () => {
  await using project = await sample(three)
  await project.database.query(alembicVersion('two'))
  expect((await project.limbeck('plan')).err).toContain('Alembic has applied migrations to this database')
  await project.report('stamp', '--from-alembic')
  expect(await project.report('plan')).toMatchObject({ revisions: [{ id: 'three' }] })
})

test.each(servers())(
  'a script from the very beginning stops in a database of Alembic’s, on $name',
  async (server) => {
    await using project = await sample(three, server)
    const { sql } = (await project.report('upgrade', '--sql')) as { readonly sql: string }
    await project.database.query(alembicVersion('two'))
    const connection = await connect(project.database.url)
    try {
      await expect(runScript(connection, sql)).rejects.toThrow(
        'Alembic has applied migrations to this database (public.alembic_version), and the ledger knows of none',
      )
      await project.database.query('DELETE FROM alembic_version')
      await runScript(connection, sql)
    } finally {
      await connection.close()
    }
    expect(await project.report('status')).toMatchObject({ current: ['three'] })
  },
)
