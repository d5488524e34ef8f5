"""enums

Revision ID: a1
Revises:
Create Date: 2026-01-15 10:00:00.000000

"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
import enum

revision = 'a1'
down_revision = None
branch_labels = None
depends_on = None

size = sa.Enum('s', 'm', name='size')


class Mood(enum.Enum):
    sad = 'sad face'
    ok = 'ok face'


def upgrade():
    op.create_table('a', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('kind', sa.Enum('x', 'y', name='kind'), server_default='x', nullable=False))
    op.create_table('b', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('kind', sa.Enum('x', 'y', name='kind')))
    op.create_table('c', sa.Column('kind', postgresql.ENUM('x', 'y', name='kind', create_type=False)))
    size.create(op.get_bind())
    op.add_column('a', sa.Column('size', size))
    colour = postgresql.ENUM('red', "it's", name='colour')
    colour.create(op.get_bind(), checkfirst=True)
    op.add_column('a', sa.Column('colour', colour, server_default='red'))
    op.create_table('d', sa.Column('mood', sa.Enum(Mood)), sa.Column('text', sa.Enum('aa', 'b', name='ck_text', native_enum=False)), sa.Column('checked', sa.Enum('aa', 'b', name='ck_checked', native_enum=False, create_constraint=True)))
    op.create_table('e', sa.Column('list', postgresql.ARRAY(sa.Enum('p', 'q', name='letter'))))
    op.execute("ALTER TYPE kind ADD VALUE 'z'")


def downgrade():
    for table in ['e', 'd', 'c', 'b', 'a']:
        op.drop_table(table)
    for name in ('kind', 'mood', 'letter'):
        op.execute(f'DROP TYPE {name}')
    size.drop(op.get_bind())
    sa.Enum(name='colour').drop(op.get_bind(), checkfirst=False)
