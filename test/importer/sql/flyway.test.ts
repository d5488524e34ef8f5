// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of Flyway look so
import { expect, test } from 'vitest'
import { imported } from './golden.ts'

test('versions come in their order, undone by their undo scripts, and what is repeatable after them', async () => {
  await using project = await imported(
    {
      'V10__last.sql': 'SELECT 10;\n',
      'V2_1__Add_people.sql': 'CREATE TABLE ${schema}.people (id int);\n',
      'V01.0__first.sql': 'CREATE SCHEMA app;\n',
      'U2.1__Add_people.sql': 'DROP TABLE app.people;\n',
      'R__People_view.sql': 'CREATE OR REPLACE VIEW app.v AS SELECT * FROM ${schema}.people;\n',
      'sub/V3__sub.sql': '-- ${not replaced}\nSELECT 3;\n',
      'sub/V3__sub.sql.conf': 'executeInTransaction=false\nplaceholderReplacement=false\n',
      'B2.1__baseline.sql': 'SELECT 1;\n',
      'afterMigrate__analyze.sql': 'ANALYZE;\n',
      'V4__Code.java': 'class V4__Code {}',
    },
    '--placeholder',
    'schema=app',
  )
  expect(project.out).toMatchInlineSnapshot(`
    "✓ 1                      migrations/V01.0__first.sql
    ✓ 2.1                    migrations/V2_1__Add_people.sql
    ✓ 3                      migrations/V3__sub.sql
    ✗ 4                      migrations/V4__Code.ts                 from V4__Code.java
    ✓ 10                     migrations/V10__last.sql
    ✓ R_People_view_49b8f25c migrations/R__People_view_49b8f25c.sql from R__People_view.sql

    ✗ db/V4__Code.java: it is Java or Kotlin.
    - db/B2.1__baseline.sql is passed over: the versions up to it are there themselves.
    - db/afterMigrate__analyze.sql is passed over: it is a callback of Flyway; "hooks" in the config file are Limbeck's.

    6 revisions written into migrations, from Flyway

    Write into the files marked ✗ what was not converted: until then they refuse to run.
    limbeck stamp --from flyway  for a database in which Flyway has applied them: nothing is run again
    limbeck upgrade              for an empty one: runs them
    "
  `)
  expect(await project.all()).toMatchInlineSnapshot(`
    "==> migrations/V01.0__first.sql
    -- first
    -- revision: 1
    -- down_revision: none
    -- branch_labels: none
    -- depends_on: none
    -- create_date: none

    -- upgrade
    CREATE SCHEMA app;

    -- Nothing undoes it: what it was imported from has nothing that does.

    ==> migrations/V2_1__Add_people.sql
    -- Add people
    -- revision: 2.1
    -- down_revision: 1
    -- branch_labels: none
    -- depends_on: none
    -- create_date: none

    -- upgrade
    CREATE TABLE app.people (id int);

    -- downgrade
    DROP TABLE app.people;

    ==> migrations/V3__sub.sql
    -- sub
    -- revision: 3
    -- down_revision: 2.1
    -- branch_labels: none
    -- depends_on: none
    -- create_date: none

    -- upgrade
    -- \${not replaced}
    SELECT 3;

    -- Nothing undoes it: what it was imported from has nothing that does.

    ==> migrations/V4__Code.ts
    /** Code */
    import type { Operations } from 'limbeck'

    export const revision = '4'
    export const downRevision = '3'
    export const branchLabels = null
    export const dependsOn = null
    export const createDate = null

    export function upgrade(op: Operations) {
      throw new Error("V4__Code.java was not converted: it is Java or Kotlin. Write here what it does.")
    }

    ==> migrations/V10__last.sql
    -- last
    -- revision: 10
    -- down_revision: 4
    -- branch_labels: none
    -- depends_on: none
    -- create_date: none

    -- upgrade
    SELECT 10;

    -- Nothing undoes it: what it was imported from has nothing that does.

    ==> migrations/R__People_view_49b8f25c.sql
    -- People view
    -- revision: R_People_view_49b8f25c
    -- down_revision: 10
    -- branch_labels: none
    -- depends_on: none
    -- create_date: none

    -- upgrade
    CREATE OR REPLACE VIEW app.v AS SELECT * FROM app.people;

    -- Nothing undoes it: what it was imported from has nothing that does.
    "
  `)
})

test('a placeholder without a value is refused with its line', async () => {
  await using project = await imported({ 'V1__a.sql': 'SELECT 1;\nSELECT ${flyway:user};\n' })
  expect(project.out).toContain(
    '✗ db/V1__a.sql:2: flyway:user has no value: --placeholder flyway:user=VALUE.',
  )
})

test('a baseline migration stands for the versions that are gone', async () => {
  await using project = await imported({ 'B5__all.sql': 'SELECT 5;\n', 'V6__next.sql': 'SELECT 6;\n' })
  expect(await project.report('history')).toMatchObject({
    revisions: [{ id: '6', downRevisions: ['5'] }, { id: '5' }],
  })
})

test('a changed repeatable migration is another revision, after what was imported before', async () => {
  await using project = await imported({
    'V1__a.sql': 'SELECT 1;\n',
    'R__v.sql': 'CREATE VIEW v AS SELECT 1;\n',
  })
  const [first] = (await project.report('heads')) as readonly { readonly id: string }[]
  await project.write({
    'db/R__v.sql': 'CREATE OR REPLACE VIEW v AS SELECT 2;\n',
    'db/V2__b.sql': 'SELECT 2;\n',
  })
  const report = await project.report('import', 'sql', 'db')
  expect(report).toMatchObject({ known: ['1'], revisions: [{ id: '2' }, { message: 'v' }] })
  expect(await project.report('show', '2')).toMatchObject([{ downRevisions: [first?.id] }])
})
