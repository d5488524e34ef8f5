import { expect, test } from 'vitest'
import { imported } from './golden.ts'

test('annotations are taken out, and a statement gets its semicolon', async () => {
  await using project = await imported({
    '00002_touch.sql': `-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.at = now();
  RETURN NEW;
END $$
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION touch();
`,
    '00001_create_users.sql': `-- +goose NO TRANSACTION
-- +goose Up
CREATE TABLE users (id int, at timestamptz); -- with a moment
CREATE INDEX CONCURRENTLY users_id ON users (id);

-- +goose Down
DROP TABLE users;
`,
  })
  expect(project.exitCode).toBe(0)
  expect(await project.all()).toBe(`==> migrations/00001_create_users.sql
-- create users
-- revision: 1
-- down_revision: none
-- branch_labels: none
-- depends_on: none
-- create_date: none

-- upgrade
CREATE TABLE users (id int, at timestamptz); -- with a moment
CREATE INDEX CONCURRENTLY users_id ON users (id);

-- downgrade
DROP TABLE users;

==> migrations/00002_touch.sql
-- touch
-- revision: 2
-- down_revision: 1
-- branch_labels: none
-- depends_on: none
-- create_date: none

-- upgrade
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.at = now();
  RETURN NEW;
END $$
;

-- downgrade
DROP FUNCTION touch();
`)
  expect(await project.limbeck('upgrade')).toMatchObject({ exitCode: 0 })
  expect(await project.limbeck('downgrade', 'base', '--yes')).toMatchObject({ exitCode: 0 })
})

test('a variable of ENVSUB has the value that is given, and without one it is refused', async () => {
  const files = {
    '1_role.sql': `-- +goose Up
SELECT '$untouched';
-- +goose ENVSUB ON
SELECT '\${OWNER}';
-- +goose ENVSUB OFF
-- +goose Down
`,
  }
  await using refused = await imported(files)
  expect(refused.exitCode).toBe(3)
  expect(refused.out).toContain('db/1_role.sql:4: OWNER has no value: --placeholder OWNER=VALUE.')
  await using given = await imported(files, '--placeholder', 'OWNER=app')
  expect(await given.read('migrations/1_role.sql')).toContain("SELECT '$untouched';\n\nSELECT 'app';\n")
})

test('Go code keeps its place among the revisions, and refuses to run', async () => {
  await using project = await imported({
    '1_one.sql': '-- +goose Up\nSELECT 1;\n',
    '2_two.go': 'package migrations',
    '3_three.sql': '-- +goose Up\nSELECT 3;\n-- +goose Down\n',
  })
  expect(project.out).toContain('✗ db/2_two.go: it is Go code.')
  expect(await project.read('migrations/2_two.ts')).toContain(
    'throw new Error("2_two.go was not converted: it is Go code. Write here what it does.")',
  )
  expect(await project.report('heads')).toMatchObject([{ id: '3', downRevisions: ['2'] }])
})
