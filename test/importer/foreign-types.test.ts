import { expect, test } from 'vitest'
import { folder } from '../cli/folder.ts'

const column = (type: string) => `op.add_column('t', sa.Column('c', ${type}))`

const file = (body: string) => `import sqlalchemy as sa
import sqlalchemy_utils
from alembic import op
from sqlalchemy_utils.types import email, encrypted
revision = 'one'
down_revision = None
t = sa.table('t', sa.column('mail', sqlalchemy_utils.EmailType))

def upgrade():
    ${body}
`

test.each([
  ['sqlalchemy_utils.EmailType()', 'varchar(255)'],
  ['sqlalchemy_utils.types.email.EmailType(length=320)', 'varchar(320)'],
  ['encrypted.encrypted_type.EncryptedType(sa.String, key)', 'bytea'],
  ['encrypted.encrypted_type.StringEncryptedType(sa.String, key, length=100)', 'varchar(100)'],
  ['sqlalchemy_utils.types.url.URLType()', 'text'],
  ['sqlalchemy_utils.types.choice.ChoiceType([], impl=sa.Integer())', 'integer'],
  ['sqlalchemy_utils.types.phone_number.PhoneNumberType()', 'varchar(20)'],
  ['sqlalchemy_utils.types.range.DateTimeRangeType()', 'tsrange'],
])('%s is %s', async (type, said) => {
  await using project = await folder({
    'migrations/.keep': '',
    'service/versions/one.py': file(`key = 'secret'\n    ${column(type)}`),
  })
  const { exitCode } = await project.limbeck('import', 'alembic', 'service')
  expect(exitCode).toBe(0)
  expect(await project.read('migrations/one.ts')).toContain(`column: { name: 'c', type: '${said}' }`)
})

test('a value that a type makes another of in Python is refused', async () => {
  await using project = await folder({
    'migrations/.keep': '',
    'service/versions/one.py': file("op.bulk_insert(t, [{'mail': 'A@B.C'}])"),
  })
  const { out } = await project.limbeck('import', 'alembic', 'service')
  expect(out).toContain('a value that the type of its column makes another of, in Python')
})
