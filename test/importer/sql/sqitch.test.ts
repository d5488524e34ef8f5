import { expect, test } from 'vitest'
import { imported } from './golden.ts'

const plan = `%syntax-version=1.0.0
%project=flipr
%uri=https://example.com/flipr/

appschema 2013-12-30T23:19:29Z Marge N. O’Vera <marge@example.com> # Add schema for all flipr objects.
users [appschema] 2013-12-30T23:49:00Z Marge N. O’Vera <marge@example.com>
insert_user [users other:thing !old] 2013-12-30T23:57:27Z Marge N. O’Vera <marge@example.com> # Adds a function.
@v1.0.0-dev1 2014-01-01T00:01:35Z Marge N. O’Vera <marge@example.com> # Tag v1.0.0-dev1.

insert_user [insert_user@v1.0.0-dev1] 2014-01-02T00:00:00Z Marge N. O’Vera <marge@example.com> # Reworked.
`

test('the plan says the order; scripts lose their transactions, and a reworked change is two', async () => {
  await using project = await imported({
    'sqitch.plan': plan,
    'deploy/appschema.sql': '-- Deploy flipr:appschema to pg\n\nBEGIN;\n\nCREATE SCHEMA flipr;\n\nCOMMIT;\n',
    'revert/appschema.sql': '-- Revert flipr:appschema from pg\nBEGIN;\nDROP SCHEMA flipr;\nCOMMIT;\n',
    'verify/appschema.sql': "BEGIN;\nSELECT pg_catalog.has_schema_privilege('flipr', 'usage');\nROLLBACK;\n",
    'deploy/users.sql':
      '\\set ON_ERROR_STOP on\nSET client_min_messages = warning;\nCREATE TABLE flipr.users (n text);\n',
    'revert/users.sql': 'DROP TABLE flipr.users;\n',
    'deploy/insert_user@v1.0.0-dev1.sql': 'INSERT INTO flipr.users VALUES (1);\n',
    'deploy/insert_user.sql': 'INSERT INTO flipr.users VALUES (2);\n',
  })
  expect(project.out).toMatchInlineSnapshot(`
    "✓ appschema     migrations/2013-12-30_appschema.sql     from deploy/appschema.sql
    ✓ users         migrations/2013-12-30_users.sql         from deploy/users.sql
    ✓ insert_user   migrations/2013-12-30_insert_user.sql   from deploy/insert_user@v1.0.0-dev1.sql
    ✓ insert_user_2 migrations/2014-01-02_insert_user_2.sql from deploy/insert_user.sql

    - db/verify is passed over: a script that checks a change; "limbeck verify" proves revisions.
    - db/sqitch.plan:7 is passed over: insert_user requires other:thing of another project, which no revision says.
    BEGIN and COMMIT are left out on 4 lines: stages say where transactions are.

    4 revisions written into migrations, from sqitch

    limbeck stamp --from sqitch  for a database in which sqitch has applied them: nothing is run again
    limbeck upgrade              for an empty one: runs them
    "
  `)
  expect(await project.all()).toMatchInlineSnapshot(`
    "==> migrations/2013-12-30_appschema.sql
    -- Add schema for all flipr objects.
    -- revision: appschema
    -- down_revision: none
    -- branch_labels: none
    -- depends_on: none
    -- create_date: 2013-12-30T23:19:29Z

    -- upgrade
    -- Deploy flipr:appschema to pg

    CREATE SCHEMA flipr;

    -- downgrade
    -- Revert flipr:appschema from pg
    DROP SCHEMA flipr;

    ==> migrations/2013-12-30_users.sql
    -- users
    -- revision: users
    -- down_revision: appschema
    -- branch_labels: none
    -- depends_on: none
    -- create_date: 2013-12-30T23:49:00Z

    -- upgrade
    SET client_min_messages = warning;
    CREATE TABLE flipr.users (n text);

    -- downgrade
    DROP TABLE flipr.users;

    ==> migrations/2013-12-30_insert_user.sql
    -- Adds a function.
    -- revision: insert_user
    -- down_revision: users
    -- branch_labels: none
    -- depends_on: none
    -- create_date: 2013-12-30T23:57:27Z

    -- upgrade
    INSERT INTO flipr.users VALUES (1);

    -- Nothing undoes it: what it was imported from has nothing that does.

    ==> migrations/2014-01-02_insert_user_2.sql
    -- Reworked.
    -- revision: insert_user_2
    -- down_revision: insert_user
    -- branch_labels: none
    -- depends_on: none
    -- create_date: 2014-01-02T00:00:00Z

    -- upgrade
    INSERT INTO flipr.users VALUES (2);

    -- Nothing undoes it: what it was imported from has nothing that does.
    "
  `)
  expect(await project.limbeck('upgrade')).toMatchObject({ exitCode: 0 })
})

test('a variable of psql, a command of psql and a script that is not there are not converted', async () => {
  await using project = await imported({
    'sqitch.plan': `%syntax-version=1.0.0
%project=p

variable 2013-12-30T23:19:29Z A <a@example.com>
command 2013-12-30T23:19:29Z A <a@example.com>
missing 2013-12-30T23:19:29Z A <a@example.com>
`,
    'deploy/variable.sql': 'BEGIN;\nCREATE SCHEMA :"schema";\nCOMMIT;\n',
    'deploy/command.sql': 'BEGIN;\n\\i other.sql\nCOMMIT;\n',
  })
  expect(project.exitCode).toBe(3)
  expect(project.out).toContain(
    'db/deploy/variable.sql:2: PostgreSQL\'s parser does not take it: syntax error at or near ":"',
  )
  expect(project.out).toContain('db/deploy/command.sql:2: "\\i" is a command of psql, which no server knows.')
  expect(project.out).toContain('db/sqitch.plan:6: there is no script that deploys missing.')
})

test('a plan that sqitch would not take either is refused', async () => {
  await using project = await imported({ 'sqitch.plan': '%project=p\n', 'deploy/a.sql': '' })
  await project.write({ 'db/sqitch.plan': '%project=p\n\nusers\n' })
  expect((await project.limbeck('import', 'sql', 'db')).err).toContain(
    'sqitch.plan:3: "users" is no line of a sqitch plan.',
  )
})
