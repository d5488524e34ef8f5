"""base

Revision ID: previous_rev
Create Date: 2026-01-01
"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
revision = 'previous_rev'
down_revision = None

def upgrade():
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.create_table('organizations', sa.Column('id', postgresql.UUID(), primary_key=True), sa.Column('is_default', sa.Boolean, server_default=sa.false(), nullable=False))
    op.create_table('users',
        sa.Column('id', postgresql.UUID(), server_default=sa.text('gen_random_uuid()'), primary_key=True),
        sa.Column('email', sa.String(255), nullable=False, unique=True),
        sa.Column('name', sa.Text()),
        sa.Column('status', sa.Enum('active', 'inactive', 'deleted', name='user_status'), nullable=False, server_default='active'),
        sa.Column('preferences', postgresql.JSONB()),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.func.now()),
        sa.Column('deleted_at', sa.DateTime(timezone=True)),
    )

def downgrade():
    op.drop_table('users')
    op.drop_table('organizations')
    op.execute("DROP TYPE user_status")
