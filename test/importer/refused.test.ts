import { expect, test } from 'vitest'
import { folder } from '../cli/folder.ts'

/** Python that is not converted, and what is said of it. */
const refused: readonly (readonly [python: string, reason: string])[] = [
  [
    "op.drop_constraint(None, 't', type_='unique')",
    'drop_constraint without a name, which Alembic refuses too',
  ],
  ['op.execute("UPDATE t SET a = \':name\'")', 'the parameter :name is given no value'],
  ["op.add_column('t', sa.Column('a', app.types.Money()))", 'the type app.types.Money is not known here'],
  ["op.add_column('t', sa.Column('a', sa.Integer(), server_default=1))", 'a server_default must be a text'],
  ['shop.seed(op.get_bind())', 'what shop.seed does is not known here'],
  ['done = shop.seed(op.get_bind())', 'what shop.seed does is not known here'],
  ["op.execute('SELEC 1')", 'PostgreSQL does not read this SQL'],
  ["op.create_thing('a')", 'alembic.op has no create_thing here'],
  ["op.execute('DROP TABLE ' + 1)", "Python's Add of these two is not known here"],
  ['nobody()', 'the name nobody is bound nowhere'],
  [
    "try:\n        with op.get_bind().begin_nested():\n            op.drop_table('t')\n    except Exception:\n        pass",
    'try and except around a savepoint or outside of a transaction',
  ],
  [
    "for row in op.get_bind().execute(sa.text('SELECT 1 AS a')):\n        last = row.a\n    op.execute(f'SELECT {last}')",
    'last is bound in the loop of line 10, and only the run knows to what',
  ],
  ['sa.orm.Session(op.get_bind()).merge(names)', 'a session has no merge here'],
  [
    'sa.orm.Session(op.get_bind()).query(shop.Model).all()',
    'the model shop.Model is in no file of the project',
  ],
  ['sa.orm.Session(op.get_bind()).add(shop.Model())', 'what is added to a session is no object of a model'],
  ["op.get_bind().execute(sa.text('SELECT now()')).scalar().strftime('%Y')", 'has no strftime here'],
]

test.each(refused)('%s', async (python, reason) => {
  await using project = await folder({
    'limbeck.config.ts': 'export default {}',
    'migrations/.keep': '',
    'service/versions/one.py': `import sqlalchemy as sa
import app.types
import shop
from alembic import op
revision = 'one'
down_revision = None

def upgrade():
    names = {}
    ${python}
`,
  })
  const { exitCode, out } = await project.limbeck('import', 'alembic', 'service')
  expect(out).toContain(reason)
  expect(out).toContain('! 0 of 1 revision')
  expect(exitCode).toBe(3)
  const text = await project.read('migrations/one.ts')
  expect(text).toMatch(/\/\/ Not converted, .*service\/versions\/one.py:\d+: /)
})

test('a revision with such a place is refused before anything runs', async () => {
  await using project = await folder({
    'migrations/.keep': '',
    'service/versions/one.py': "revision = 'one'\ndown_revision = None\n\ndef upgrade():\n    nobody()\n",
  })
  await project.limbeck('import', 'alembic', 'service')
  const { err, exitCode } = await project.limbeck('plan')
  expect(err).toContain(
    'Error: service/versions/one.py:5 is not converted from Python: the name nobody is bound nowhere',
  )
  expect(exitCode).toBe(1)
})

test('what hangs on a statement that is not converted is not converted either, and all else is', async () => {
  await using project = await folder({
    'migrations/.keep': '',
    'service/versions/one.py': `from alembic import op
import shop
revision = 'one'
down_revision = None

def upgrade():
    name = shop.name()
    op.drop_table(name)
    op.drop_table('other')
`,
  })
  const { out } = await project.limbeck('import', 'alembic', 'service')
  expect(out).toContain('one.py:7')
  expect(out).toContain('one.py:8  name hangs on')
  expect(await project.read('migrations/one.ts')).toContain("op.dropTable({ name: 'other' })")
})

test('a downgrade that always raises is one that cannot be undone', async () => {
  await using project = await folder({
    'migrations/.keep': '',
    'service/versions/one.py': `revision = 'one'
down_revision = None

def upgrade():
    pass

def downgrade():
    raise NotImplementedError('the old values are gone')
`,
  })
  await project.limbeck('import', 'alembic', 'service')
  const text = await project.read('migrations/one.ts')
  expect(text).toContain("export const irreversible = 'the old values are gone'")
  expect(text).not.toContain('export function downgrade')
})
