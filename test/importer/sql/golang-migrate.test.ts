import { expect, test } from 'vitest'
import { imported } from './golden.ts'

test('two files become one revision, in the order of the numbers', async () => {
  await using project = await imported({
    '10_teams.up.sql': 'BEGIN;\nCREATE TABLE teams ();\nCOMMIT;\n',
    '10_teams.down.sql': 'DROP TABLE teams;\n',
    '9_users.up.sql': 'CREATE TABLE users ();\n',
    '9_users.down.sql': 'DROP TABLE users;\n',
    '1500360784_last.up.sql': 'SELECT 1;\n',
    'seed.sql': 'SELECT 1;',
  })
  expect(project.out).toMatchInlineSnapshot(`
    "✓ 9          migrations/9_users.sql         from 9_users.up.sql
    ✓ 10         migrations/10_teams.sql        from 10_teams.up.sql
    ✓ 1500360784 migrations/1500360784_last.sql from 1500360784_last.up.sql

    - db/seed.sql is passed over: its name is not VERSION_NAME.up.sql.
    BEGIN and COMMIT are left out on 2 lines: stages say where transactions are.

    3 revisions written into migrations, from golang-migrate

    limbeck stamp --from golang-migrate  for a database in which golang-migrate has applied them: nothing is run again
    limbeck upgrade                      for an empty one: runs them
    "
  `)
  expect(await project.all()).toMatchInlineSnapshot(`
    "==> migrations/9_users.sql
    -- users
    -- revision: 9
    -- down_revision: none
    -- branch_labels: none
    -- depends_on: none
    -- create_date: none

    -- upgrade
    CREATE TABLE users ();

    -- downgrade
    DROP TABLE users;

    ==> migrations/10_teams.sql
    -- teams
    -- revision: 10
    -- down_revision: 9
    -- branch_labels: none
    -- depends_on: none
    -- create_date: none

    -- upgrade
    CREATE TABLE teams ();

    -- downgrade
    DROP TABLE teams;

    ==> migrations/1500360784_last.sql
    -- last
    -- revision: 1500360784
    -- down_revision: 10
    -- branch_labels: none
    -- depends_on: none
    -- create_date: 2017-07-18T06:53:04Z

    -- upgrade
    SELECT 1;

    -- Nothing undoes it: what it was imported from has nothing that does.
    "
  `)
  expect(await project.limbeck('upgrade')).toMatchObject({ exitCode: 0 })
})
