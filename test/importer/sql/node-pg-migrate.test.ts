import { expect, test } from 'vitest'
import { imported } from './golden.ts'

test('a file becomes a revision under the whole name that the database knows', async () => {
  await using project = await imported({
    '1391877300255_add-users.sql': `-- Up Migration
CREATE TABLE users ();

-- Down Migration
DROP TABLE users;
`,
    '1391877300256_only-up.sql': 'CREATE TABLE teams ();\n',
    '1391877300300_code.js': 'exports.up = (pgm) => {}',
  })
  expect(project.out).toMatchInlineSnapshot(`
    "✓ 1391877300255_add_users migrations/1391877300255_add-users.sql
    ✓ 1391877300256_only_up   migrations/1391877300256_only-up.sql
    ✗ 1391877300300_code      migrations/1391877300300_code.ts       from 1391877300300_code.js

    ✗ db/1391877300300_code.js: it is JavaScript or TypeScript.

    3 revisions written into migrations, from node-pg-migrate

    Write into the files marked ✗ what was not converted: until then they refuse to run.
    limbeck stamp --from node-pg-migrate  for a database in which node-pg-migrate has applied them: nothing is run again
    limbeck upgrade                       for an empty one: runs them
    "
  `)
  expect(await project.all()).toMatchInlineSnapshot(`
    "==> migrations/1391877300255_add-users.sql
    -- add users
    -- revision: 1391877300255_add_users
    -- down_revision: none
    -- branch_labels: none
    -- depends_on: none
    -- create_date: 2014-02-08T16:35:00.255Z

    -- upgrade
    CREATE TABLE users ();

    -- downgrade
    DROP TABLE users;

    ==> migrations/1391877300256_only-up.sql
    -- only up
    -- revision: 1391877300256_only_up
    -- down_revision: 1391877300255_add_users
    -- branch_labels: none
    -- depends_on: none
    -- create_date: 2014-02-08T16:35:00.256Z

    -- upgrade
    CREATE TABLE teams ();

    -- Nothing undoes it: what it was imported from has nothing that does.

    ==> migrations/1391877300300_code.ts
    /** code */
    import type { Operations } from 'limbeck'

    export const revision = '1391877300300_code'
    export const downRevision = '1391877300256_only_up'
    export const branchLabels = null
    export const dependsOn = null
    export const createDate = '2014-02-08T16:35:00.300Z'

    export function upgrade(op: Operations) {
      throw new Error("1391877300300_code.js was not converted: it is JavaScript or TypeScript. Write here what it does.")
    }
    "
  `)
})

test('two files of one name are one revision; a number of 17 digits is a moment', async () => {
  await using project = await imported(
    {
      '20240131120000123_utc.up.sql': 'SELECT 1;\n',
      '20240131120000123_utc.down.sql': 'SELECT 2;\n',
      '1891377800000_later.sql': 'SELECT 3;\n',
    },
    '--tool',
    'node-pg-migrate',
  )
  expect(await project.report('history')).toMatchObject({
    revisions: [{ id: '1891377800000_later' }, { id: '20240131120000123_utc' }],
  })
})
