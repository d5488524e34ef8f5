import { expect, test } from 'vitest'
import { type Config, diff, upgrade } from '../../src/index.ts'
import { folder } from '../cli/folder.ts'
import { servers } from '../servers/databases.ts'

test('what cannot be run is told by its directive, and not by the name that the shadow has for it', async () => {
  await using its = await folder({
    'before.sql': 'CREATE DOMAIN d AS int; CREATE TABLE t (a d[]);',
    'after.sql': 'CREATE DOMAIN d AS int CHECK (VALUE > 0); CREATE TABLE t (a d[]);',
  })
  const config: Config = { directory: its.directory }
  await expect(diff(config, 'before.sql', 'after.sql')).rejects.toMatchObject({
    code: 'DIFFERENCE_REFUSED',
    message:
      'What would make the declared schema cannot be run: add constraint d_check to domain d: validate: cannot alter type "d" because column "t.a" uses it',
  })
})

test('a database that cannot be made without its rows says what is to blame', async () => {
  const [server] = servers()
  if (server === undefined) throw new Error('There is no server.')
  await using another = await server.open()
  await another.query(`CREATE TABLE t (id int); INSERT INTO t VALUES (1);
    CREATE FUNCTION first() RETURNS int LANGUAGE plpgsql AS $$DECLARE one int; BEGIN SELECT id INTO STRICT one FROM public.t; RETURN one; END$$;
    CREATE MATERIALIZED VIEW m AS SELECT first();`)
  await using its = await folder({ 'empty.sql': 'CREATE TABLE t (id int);' })
  const config: Config = { directory: its.directory }
  await expect(diff(config, another.url, 'empty.sql')).rejects.toMatchObject({
    code: 'DIRECTIVE_FAILED',
    message:
      'What was tried on an empty database cannot be run: create materialized view m: query returned no rows',
    hint: expect.stringContaining('nothing was changed'),
  })
})

test('a revision that cannot be run is told with its file', async () => {
  await using its = await folder({
    'migrations/one.sql':
      '-- One.\n-- revision: one\n-- down_revision: none\n-- branch_labels: none\n-- depends_on: none\n-- create_date: 2026-01-01T00:00:00Z\n\n-- upgrade\nCREATE TABLE t (id nothing);\n',
    'empty.sql': '',
  })
  const config: Config = { directory: its.directory, database: `pglite:${its.directory}/own` }
  await expect(diff(config, 'one', 'empty.sql')).rejects.toMatchObject({
    code: 'SHADOW_FAILED',
    message: expect.stringContaining('one.sql'),
  })
  await expect(upgrade(config)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
})
