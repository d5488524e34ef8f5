import { expect, test } from 'vitest'
import { folder } from '../cli/folder.ts'

const revision = (id: string, down: string | null, body: string) =>
  `from alembic import op
import sqlalchemy as sa
revision = '${id}'
down_revision = ${down === null ? 'None' : `'${down}'`}

def upgrade():
    ${body}
`

const users =
  "op.create_table('users', sa.Column('id', sa.Integer, primary_key=True), sa.Column('email', sa.Text))"

test('converted revisions are run, and compared with what a dump of Alembic’s database declares', async () => {
  await using project = await folder({
    'migrations/.keep': '',
    'service/versions/one.py': revision('one', null, users),
    'same.sql':
      'CREATE TABLE users (id serial PRIMARY KEY, email text); CREATE TABLE alembic_version (version_num varchar(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY);',
    'other.sql': 'CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL);',
  })
  const same = await project.limbeck('import', 'alembic', 'service', '--verify', '--dump', 'same.sql')
  expect(same.out).toContain('✓ 1 revision run on an empty database\n✓ they make the schema of the dump')
  expect(same.exitCode).toBe(0)
  const other = await project.limbeck('import', 'alembic', 'service', '--verify', '--dump', 'other.sql')
  expect(other.out).toContain(
    "✗ they make another schema than the dump's, which still needs\n  · set not null users.email",
  )
  expect(other.exitCode).toBe(3)
})

test('a revision that cannot run is told with the reason, and what comes after it is not tried', async () => {
  await using project = await folder({
    'migrations/.keep': '',
    'service/versions/one.py': revision('one', null, users),
    'service/versions/two.py': revision('two', 'one', "op.drop_table('nobody')"),
    'service/versions/three.py': revision('three', 'two', "op.drop_column('users', 'email')"),
  })
  const { out, exitCode } = await project.limbeck('import', 'alembic', 'service', '--verify')
  expect(out).toContain('✗ 1 of 3 revisions run on an empty database\n  ✗ migrations/two.ts:')
  expect(out).toContain('relation "nobody" does not exist')
  expect(out).toContain('what comes after is not tried: three')
  expect(exitCode).toBe(3)
})

test.each([
  [['--verify', '--check'], '--verify runs the files, and --check writes none.'],
  [['--dump', 'x.sql'], '--dump is compared with what the revisions make when they run.'],
])('%j makes no sense', async (words, message) => {
  await using project = await folder({ 'migrations/.keep': '' })
  const { err, exitCode } = await project.limbeck('import', 'alembic', 'service', ...words)
  expect(err).toContain(message)
  expect(exitCode).toBe(2)
})
