"""core statements

Revision ID: a1
Revises:
Create Date: 2026-01-15 10:00:00.000000

"""
import sqlalchemy as sa
from alembic import op

revision = 'a1'
down_revision = None
branch_labels = None
depends_on = None

t = sa.table('t', sa.column('id', sa.Integer), sa.column('name', sa.String), sa.column('n', sa.Integer), sa.column('data', sa.JSON))
u = sa.Table('u', sa.MetaData(), sa.Column('id', sa.Integer), sa.Column('t_id', sa.Integer), sa.Column('label', sa.String))


def upgrade():
    op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('name', sa.String()), sa.Column('n', sa.Integer()), sa.Column('data', sa.JSON()))
    op.create_table('u', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('t_id', sa.Integer()), sa.Column('label', sa.String()))
    op.execute(t.insert().values(id=1, name='a', n=1, data={'k': [1, 2]}))
    op.execute(sa.insert(t).values([{'id': 2, 'name': 'b', 'n': 5}, {'id': 3, 'name': None, 'n': 7}]))
    op.execute(t.update().where(t.c.id == 1).values(name='A', n=t.c.n + 10))
    op.execute(sa.update(t).where(sa.and_(t.c.n > 3, t.c.name != None)).values({'name': t.c.name + '!'}))
    op.execute(t.update().where(t.c.name.is_(None)).values({t.c.name: sa.func.coalesce(t.c.name, 'none')}))
    op.execute(u.insert().from_select(['id', 't_id', 'label'], sa.select(t.c.id, t.c.id, sa.func.upper(t.c.name)).where(t.c.n.in_([11, 5, 7]))))
    op.execute(u.update().where(u.c.t_id == t.c.id).where(t.c.n == 7).values(label='seven'))
    op.execute(t.delete().where(t.c.id.in_([99])))
    op.execute(t.update().values(n=sa.case((t.c.n > 6, 1), else_=0)))
    op.execute(t.update().where(t.c.name.like('A%')).values(n=sa.select(sa.func.count(u.c.id)).scalar_subquery()))
    op.execute(t.update().where(~t.c.name.in_(['zzz'])).values(data=None))
    op.execute(sa.text('UPDATE u SET label = :label WHERE id = :id').bindparams(label="it's :not", id=2))
    op.get_bind().execute(sa.text('UPDATE u SET label = :x WHERE id IN :ids').bindparams(sa.bindparam('ids', expanding=True)), {'x': '100%', 'ids': [3]})


def downgrade():
    op.drop_table('u')
    op.drop_table('t')
