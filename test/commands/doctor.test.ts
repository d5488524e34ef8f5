import { describe, expect, test } from 'vitest'
import { doctor, type MigrateEvent, upgrade } from '../../src/index.ts'
import { folder } from '../cli/folder.ts'
import { targets } from '../servers/databases.ts'

describe.each(targets)('on $name', (target) => {
  test('what was left behind is found, and nothing where nothing was', async () => {
    await using database = await target.open()
    await using its = await folder({ 'migrations/.keep': '' })
    const find = async () => {
      const { findings } = await doctor({ directory: its.directory, database: database.url })
      return findings.filter(({ level, what }) => level !== 'ok' && !isOfTest(what)).map(({ what }) => what)
    }
    await database.query('CREATE TABLE users (id serial PRIMARY KEY, age integer)')
    expect(await find()).toEqual([])

    await database.query(`CREATE TABLE log (line text);
      CREATE INDEX users_age_idx ON users (age);
      ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17) NOT VALID;
      SELECT setval('users_id_seq', 2000000000);
      UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'users_age_idx'::regclass`)
    expect(await find()).toEqual([
      'an index is not valid: users_age_idx',
      'a constraint was never validated: users.adult',
      'a sequence comes to the end: users_id_seq (93 %)',
      'a table has no primary key: log',
    ])
  })

  test.skipIf(target.kind === 'pglite')(
    'an upgrade that takes strong locks tells what is in its way, once',
    async () => {
      await using database = await target.open()
      const sql = (text: string) => `-- revision: a\n-- down_revision: null\n\n-- upgrade\n${text}\n`
      await using its = await folder({ 'migrations/a.sql': sql('ALTER TABLE users ADD COLUMN note text;') })
      await database.query(`CREATE TABLE users (age integer); CREATE INDEX users_age_idx ON users (age);
      UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'users_age_idx'::regclass`)
      const told: MigrateEvent[] = []
      const onEvent = (event: MigrateEvent) => told.push(event)
      await upgrade({ directory: its.directory, database: database.url }, { onEvent })
      expect(told.filter(({ type }) => type === 'found-before')).toMatchObject([
        { what: 'an index is not valid: users_age_idx' },
      ])
    },
  )
})

/** The servers of the tests do without what makes them slow. */
function isOfTest(what: string): boolean {
  return what.startsWith('the server is set to')
}
