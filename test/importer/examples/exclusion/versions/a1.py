"""exclusion

Revision ID: a1
Revises:
Create Date: 2026-01-15 10:00:00.000000

"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = 'a1'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.execute('CREATE TABLE booking (room int4range, during tstzrange, gone boolean)')
    op.create_exclude_constraint('booking_overlap', 'booking', ('room', '='), ('during', '&&'), where=sa.text('NOT gone'), using='gist')
    op.create_table('other', sa.Column('during', postgresql.TSTZRANGE()), postgresql.ExcludeConstraint(('during', '&&'), name='other_overlap'))


def downgrade():
    op.drop_table('other')
    op.execute('DROP TABLE booking')
