import { describe, expect, test } from 'vitest'
import { upgrade } from '../../../src/index.ts'
import { folder } from '../../cli/folder.ts'
import { oneTarget } from '../../servers/databases.ts'

/** Ways to page by OFFSET, which all come to the same. */
const spellings: readonly (readonly [name: string, python: string])[] = [
  [
    'until a page is empty',
    `offset = 0
    while True:
        rows = bind.execute(sa.text('SELECT id, name FROM people ORDER BY id LIMIT :n OFFSET :at'), {'n': 10, 'at': offset}).fetchall()
        if not rows:
            break
        for id, name in rows:
            bind.execute(sa.text('UPDATE people SET slug = :slug WHERE id = :id'), {'slug': slug(name), 'id': id})
        offset += 10`,
  ],
  [
    'the first page before the loop',
    `offset = 0
    rows = bind.execute(page.limit(10).offset(offset)).fetchall()
    while rows:
        for row in rows:
            bind.execute(people.update().where(people.c.id == row.id).values(slug=slug(row.name)))
        offset += 10
        rows = bind.execute(page.limit(10).offset(offset)).fetchall()`,
  ],
  [
    'as many as are counted',
    `total = bind.execute(sa.text('SELECT count(*) FROM people')).scalar()
    offset = 0
    while offset < total:
        rows = bind.execute(page.limit(10).offset(offset)).fetchall()
        for row in rows:
            bind.execute(people.update().where(people.c.id == row.id).values(slug=slug(row.name)))
        offset += len(rows)`,
  ],
  [
    'a range of offsets',
    `total = bind.execute(sa.text('SELECT count(*) FROM people')).scalar()
    for offset in range(0, total, 10):
        for row in bind.execute(page.limit(10).offset(offset)):
            bind.execute(people.update().where(people.c.id == row.id).values(slug=slug(row.name)))`,
  ],
  [
    'until a page is short, numbered',
    `number = 0
    while True:
        rows = bind.execute(sa.text(f'SELECT id, name FROM people ORDER BY id LIMIT 10 OFFSET {number * 10}')).fetchall()
        for row in rows:
            bind.execute(sa.text('UPDATE people SET slug = :slug WHERE id = :id'), {'slug': slug(row.name), 'id': row.id})
        number += 1
        if len(rows) < 10:
            break`,
  ],
]

/** Loops that do more, or of which nobody knows that a walk along the key comes to the same. */
const others: readonly (readonly [name: string, python: string])[] = [
  [
    'it counts',
    `done = 0
    for offset in range(0, bind.execute(sa.text('SELECT count(*) FROM people')).scalar(), 10):
        rows = bind.execute(sa.text('SELECT id FROM people ORDER BY id LIMIT 10 OFFSET :at'), {'at': offset}).fetchall()
        done += len(rows)
    bind.execute(sa.text('UPDATE people SET n = :n'), {'n': done})`,
  ],
  [
    'it reads the offset',
    `offset = 0
    while True:
        rows = bind.execute(sa.text('SELECT id FROM people ORDER BY id LIMIT 10 OFFSET :at'), {'at': offset}).fetchall()
        if not rows:
            break
        for row in rows:
            bind.execute(sa.text('UPDATE people SET n = :n WHERE id = :id'), {'n': offset, 'id': row.id})
        offset += 10`,
  ],
  [
    'it joins',
    `offset = 0
    while True:
        rows = bind.execute(sa.text('SELECT p.id FROM people p JOIN people q ON q.id = p.n ORDER BY p.id LIMIT 10 OFFSET :at'), {'at': offset}).fetchall()
        if not rows:
            break
        for row in rows:
            bind.execute(sa.text('UPDATE people SET n = 1 WHERE id = :id'), {'id': row.id})
        offset += 10`,
  ],
  [
    'it goes backwards',
    `offset = 0
    while True:
        rows = bind.execute(sa.text('SELECT id FROM people ORDER BY id DESC LIMIT 10 OFFSET :at'), {'at': offset}).fetchall()
        if not rows:
            break
        for row in rows:
            bind.execute(sa.text('UPDATE people SET n = 1 WHERE id = :id'), {'id': row.id})
        offset += 10`,
  ],
  [
    'it ends early',
    `offset = 0
    total = bind.execute(sa.text("SELECT count(*) FROM people WHERE name < 'M'")).scalar()
    while offset < total:
        for row in bind.execute(sa.text('SELECT id FROM people ORDER BY id LIMIT 10 OFFSET :at'), {'at': offset}):
            bind.execute(sa.text('UPDATE people SET n = 1 WHERE id = :id'), {'id': row.id})
        offset += 10`,
  ],
]

function revision(body: string): string {
  return `import sqlalchemy as sa
from alembic import op
revision = 'paging'
down_revision = None
people = sa.table('people', sa.column('id', sa.Integer), sa.column('name', sa.Text), sa.column('slug', sa.Text))
page = sa.select(people.c.id, people.c.name).order_by(people.c.id)

def slug(name):
    return name.lower().replace(' ', '-')

def upgrade():
    bind = op.get_bind()
    ${body}
`
}

describe.each(oneTarget)('on $name', (target) => {
  test.each(spellings)('%s: the same rows, along the key', async (_, python) => {
    await using project = await folder({
      'migrations/.keep': '',
      'service/versions/one.py': revision(python),
    })
    await using database = await target.open()
    await database.query(`CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL, slug text);
      INSERT INTO people SELECT n, 'Person ' || n FROM generate_series(1, 105) AS n`)
    const { out } = await project.limbeck('import', 'alembic', 'service', '--modernise')
    expect(out).toContain('→ op.backfill, which goes along the key')
    const text = await project.read('migrations/one.ts')
    expect(text).toContain(
      "op.backfill({\n    table: 'people',\n    columns: ['id', 'name'],\n    process: async (",
    )
    expect(text).not.toContain('op.query')
    await upgrade({ directory: project.directory, database: database.url, lint: 'off' })
    const [left] = await database.query(
      "SELECT count(*)::int AS count FROM people WHERE slug IS DISTINCT FROM 'person-' || id",
    )
    expect(left).toEqual({ count: 0 })
  })
})

test.each(others)('%s: left as it is, and named', async (_, python) => {
  await using project = await folder({ 'migrations/.keep': '', 'service/versions/one.py': revision(python) })
  const { out } = await project.limbeck('import', 'alembic', 'service', '--modernise')
  expect(out).toContain('not rewritten, since it does more than walk the rows of one table')
  expect(await project.read('migrations/one.ts')).not.toContain('op.backfill')
})
