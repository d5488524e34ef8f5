"""entities

Revision ID: a1
Revises:
Create Date: 2026-01-15 10:00:00.000000

"""
import sqlalchemy as sa
from alembic import op
from alembic_postgresql_enum import TableReference
from alembic_utils.pg_extension import PGExtension
from alembic_utils.pg_function import PGFunction
from alembic_utils.pg_materialized_view import PGMaterializedView
from alembic_utils.pg_policy import PGPolicy
from alembic_utils.pg_trigger import PGTrigger
from alembic_utils.pg_view import PGView

revision = 'a1'
down_revision = None
branch_labels = None
depends_on = None

upper = PGFunction(schema='public', signature="toUpper(some_text text, times integer DEFAULT 1)", definition="""
RETURNS text AS $$
DECLARE result text := ''; -- 10:30 and a:b
BEGIN
  result := upper(some_text)::text;
  RETURN result || ':x';
END;
$$ LANGUAGE plpgsql;
""")
plain = PGFunction('public', 'plain()', "returns text language sql as $$ select ':y'::text || 'a:b' $$;")
touch = PGFunction(schema='public', signature='touch()', definition='RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := upper(NEW.name); RETURN NEW; END $$')
live = PGView(schema='public', signature='live', definition="SELECT id, name FROM thing WHERE kind = 'new';")
wider = PGView(schema='public', signature='live', definition="SELECT id, name, kind FROM thing")
narrower = PGView(schema='public', signature='live', definition="SELECT name FROM thing")
counted = PGMaterializedView(schema='public', signature='counted', definition='SELECT count(*) AS n FROM thing;', with_data=False)
recounted = PGMaterializedView(schema='public', signature='counted', definition='SELECT count(*) AS n, max(id) AS last FROM thing', with_data=True)
on_insert = PGTrigger(schema='public', signature='touch_it', on_entity='public.thing', definition='BEFORE INSERT ON public.thing FOR EACH ROW EXECUTE FUNCTION touch()')
on_update = PGTrigger(schema='public', signature='touch_it', on_entity='thing', is_constraint=False, definition='BEFORE INSERT OR UPDATE ON thing FOR EACH ROW EXECUTE FUNCTION touch()')
own = PGPolicy(schema='public', signature='own', on_entity='public.thing', definition="AS PERMISSIVE FOR SELECT TO public USING (name = 'a:b')")
hstore = PGExtension(schema='public', signature='hstore')



def upgrade():
    op.create_table('thing', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('name', sa.Text()), sa.Column('kind', sa.Enum('new', 'old', 'od', name='kind'), server_default='new'))
    op.create_entity(hstore)
    op.create_entity(upper)
    op.create_entity(plain)
    op.create_entity(touch)
    op.create_entity(on_insert)
    op.execute("INSERT INTO thing (name, kind) VALUES ('one', 'od'), ('two', 'new')")
    op.replace_entity(on_update)
    op.execute("UPDATE thing SET name = 'oddly' WHERE kind = 'od'")
    op.sync_enum_values(
        enum_schema='public',
        enum_name='kind',
        new_values=['new', 'old', 'odd', 'gone'],
        affected_columns=[TableReference(table_schema='public', table_name='thing', column_name='kind', existing_server_default="'new'::kind")],
        enum_values_to_rename=[('od', 'odd')],
    )
    op.create_entity(live)
    op.replace_entity(wider)
    op.replace_entity(narrower)
    op.create_entity(counted)
    op.replace_entity(recounted)
    op.create_entity(own)
    op.replace_entity(own)
    op.drop_entity(plain)
    op.replace_entity(upper)


def downgrade():
    op.drop_entity(own)
    op.drop_entity(counted)
    op.drop_entity(narrower)
    op.drop_entity(on_update)
    op.drop_entity(touch, cascade=True)
    op.drop_entity(upper)
    op.drop_entity(hstore)
    op.drop_table('thing')
    op.execute('DROP TYPE kind')
