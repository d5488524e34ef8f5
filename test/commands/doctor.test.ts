import { describe, expect, test } from 'vitest'
import { doctor } from '../../src/index.ts'
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
})

/** The servers of the tests do without what makes them slow. */
function isOfTest(what: string): boolean {
  return what.startsWith('the server is set to')
}
