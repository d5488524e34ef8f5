import { expect, test } from 'vitest'
import { folder } from '../../cli/folder.ts'

const both = `IF NEW.mail IS DISTINCT FROM OLD.mail THEN NEW.address = NEW.mail;
    ELSIF NEW.address IS DISTINCT FROM OLD.address THEN NEW.mail = NEW.address; END IF;`
const either = `IF TG_OP = 'INSERT' THEN
      NEW.address := coalesce(NEW.address, NEW.mail); NEW.mail := coalesce(NEW.mail, NEW.address);
    ELSE ${both} END IF;`

const copy = "op.execute('UPDATE people SET address = mail WHERE address IS NULL')"
const makes = (body: string) =>
  `op.execute("""CREATE FUNCTION sync_mail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NEW; END $$""")`
const fires =
  "op.execute('CREATE TRIGGER sync_mail BEFORE INSERT OR UPDATE ON people FOR EACH ROW EXECUTE PROCEDURE sync_mail()')"
const undone = `op.drop_column('people', 'address')
    op.execute('DROP TRIGGER sync_mail ON people')
    op.execute('DROP FUNCTION sync_mail()')`

const revision = (
  up: readonly string[],
  down = undone,
  id = 'rename',
  before = 'None',
) => `import sqlalchemy as sa
from alembic import op
revision = '${id}'
down_revision = ${before}

def upgrade():
    ${up.join('\n    ')}

def downgrade():
    ${down}
`
const column = "op.add_column('people', sa.Column('address', sa.Text()))"

async function modernised(files: { readonly [path: string]: string }): Promise<string> {
  await using project = await folder({ 'migrations/.keep': '', ...files })
  await project.limbeck('import', 'alembic', 'service', '--modernise')
  return await project.read('migrations/one.ts')
}

test.each([
  ['copy, function, trigger', [column, copy, makes(both), fires]],
  ['function, trigger, copy', [column, makes(either), fires, copy]],
])('%s: the column is expanded, and retracted', async (_, up) => {
  const text = await modernised({ 'service/versions/one.py': revision(up) })
  const expansion = "{ table: 'people', from: 'mail', to: { name: 'address', type: 'text' } }"
  expect(text).toContain(`export function upgrade(op: Operations) {\n  op.expandColumn(${expansion})\n}`)
  expect(text).toContain(`export function downgrade(op: Operations) {\n  op.retractColumn(${expansion})\n}`)
})

test.each([
  ['only one of the two follows', [column, copy, makes('NEW.address = NEW.mail;'), fires], undone],
  ['it does more', [column, copy, makes(`${both} PERFORM pg_notify('mail', NEW.mail);`), fires], undone],
  [
    'the copy is of another value',
    [column, "op.execute('UPDATE people SET address = lower(mail)')", makes(both), fires],
    undone,
  ],
  [
    'its undoing leaves the trigger',
    [column, copy, makes(both), fires],
    "op.drop_column('people', 'address')",
  ],
])('%s: it stays as it is', async (_, up, down) => {
  const text = await modernised({ 'service/versions/one.py': revision(up, down) })
  expect(text).toContain('CREATE FUNCTION sync_mail()')
  expect(text).not.toContain('expandColumn')
})

test('what a later revision goes on with stays as it is', async () => {
  const text = await modernised({
    'service/versions/one.py': revision([column, copy, makes(both), fires]),
    'service/versions/two.py': revision(
      ["op.execute('DROP TRIGGER sync_mail ON people')"],
      'pass',
      'two',
      "'rename'",
    ),
  })
  expect(text).toContain('CREATE FUNCTION sync_mail()')
})
