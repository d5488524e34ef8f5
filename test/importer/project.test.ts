import { expect, test } from 'vitest'
import { folder } from '../cli/folder.ts'

function revision(id: string, down = 'None', more = ''): string {
  return `"""${id}

Revision ID: ${id}
Create Date: 2026-02-03 04:05:06.789

"""
revision: str = '${id}'
down_revision = ${down}
${more}

def upgrade():
    pass


def downgrade():
    pass
`
}

test('keeps ids, down revisions, labels, dependencies, message and date', async () => {
  await using project = await folder({
    'migrations/.keep': '',
    'service/alembic.ini': '[alembic]\nscript_location = %(here)s/db\n',
    'service/db/versions/a.py': revision('notHex_1', 'None', "branch_labels = ('main',)"),
    'service/db/versions/b.py': revision('b', "'notHex_1'"),
    'service/db/versions/c.py': revision('c', "'notHex_1'", "depends_on = 'b'"),
    'service/db/versions/d.py': revision('d', "('b', 'c')"),
  })
  const { out } = await project.limbeck('import', 'alembic', 'service/alembic.ini')
  expect(out).toMatch(/^✓ 4 revisions converted {2}service\/alembic.ini/)
  const history = await project.limbeck('history')
  expect(history.err).toBe('')
  for (const id of ['notHex_1', 'b', 'c', 'd']) expect(history.out).toContain(id)
  const text = await project.read('migrations/c.ts')
  expect(text).toContain("export const downRevision = 'notHex_1'")
  expect(text).toContain("export const dependsOn = 'b'")
  expect(text).toContain("export const createDate = '2026-02-03T04:05:06Z'")
  expect(await project.read('migrations/d.ts')).toContain("export const downRevision = ['b', 'c']")
  expect(await project.read('migrations/a.ts')).toContain("export const branchLabels = 'main'")
})

test('reads several folders of versions, each into one of its own', async () => {
  await using project = await folder({
    'migrations/.keep': '',
    'service/pyproject.toml':
      '[tool.alembic]\nscript_location = "%(here)s/db"\nversion_locations = ["%(here)s/db/core", "%(here)s/db/billing"]\n',
    'service/db/core/a.py': revision('a'),
    'service/db/billing/b.py': revision('b'),
  })
  await project.limbeck('import', 'alembic', 'service')
  expect(await project.read('migrations/core/a.ts')).toContain("revision = 'a'")
  expect(await project.read('migrations/billing/b.ts')).toContain("revision = 'b'")
})

test('an import that is said again writes what has come since, and leaves the rest as it is', async () => {
  await using project = await folder({ 'migrations/.keep': '', 'service/versions/a.py': revision('a') })
  await project.limbeck('import', 'alembic', 'service')
  await project.write({
    'migrations/a.ts': `${await project.read('migrations/a.ts')}// mine\n`,
    'service/versions/b.py': revision('b', "'a'"),
  })
  const { out } = await project.limbeck('import', 'alembic', 'service')
  expect(out).toContain('1 revision was there already')
  expect(await project.read('migrations/a.ts')).toContain('// mine')
  expect(await project.read('migrations/b.ts')).toContain("revision = 'b'")
})

test('--check writes nothing', async () => {
  await using project = await folder({ 'migrations/.keep': '', 'service/versions/a.py': revision('a') })
  const { out, exitCode } = await project.limbeck('import', 'alembic', 'service', '--check')
  expect([exitCode, out]).toEqual([0, '✓ 1 revision can be converted  service\n'])
  await expect(project.read('migrations/a.ts')).rejects.toThrow('ENOENT')
})

test('a folder without a project, and a file that is no Python, are named', async () => {
  await using project = await folder({
    'migrations/.keep': '',
    'empty/readme': '',
    'service/versions/a.py': 'def upgrade(:\n',
  })
  const nothing = await project.limbeck('import', 'alembic', 'empty')
  expect(nothing.err).toContain('There is no Alembic project at')
  const broken = await project.limbeck('import', 'alembic', 'service')
  expect(broken.out).toContain('service/versions/a.py:1')
  expect(broken.exitCode).toBe(3)
})

test('comments and docstrings stay where they stood', async () => {
  await using project = await folder({
    'migrations/.keep': '',
    'service/versions/a.py': `"""Tables for all.

More of it.

Revision ID: a
"""
from alembic import op
revision = 'a'
down_revision = None

# Who asked for it.
def upgrade():
    """What it does."""
    # First the one.
    op.drop_table('one')

    op.drop_table('two')  # and its rows
    print('done')
    # The end.
`,
  })
  await project.limbeck('import', 'alembic', 'service')
  expect(await project.read('migrations/a.ts')).toBe(`/**
 * Tables for all.
 *
 * More of it.
 */
import type { Operations } from 'limbeck'

export const revision = 'a'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null
export const createDate = '1970-01-01T00:00:00Z'

// Who asked for it.
export function upgrade(op: Operations) {
  // What it does.
  // First the one.
  op.dropTable({ name: 'one' })

  // and its rows
  op.dropTable({ name: 'two' })
  // print('done')
  // The end.
}

export function downgrade(op: Operations) {}
`)
})
