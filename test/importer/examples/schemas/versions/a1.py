"""schemas

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


def upgrade():
    op.execute('CREATE SCHEMA app')
    op.execute('CREATE SCHEMA "My App"')
    op.create_table('users', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('email', sa.String(), index=True, unique=True), sa.Column('kind', sa.Enum('x', 'y', name='kind', schema='app')), schema='app')
    op.create_table('posts', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('user_id', sa.Integer(), sa.ForeignKey('app.users.id')), sa.Column('Name', sa.Text(), comment='its name'), schema='My App', comment='all posts')
    op.add_column('users', sa.Column('name', sa.String()), schema='app')
    op.create_index('users_name', 'users', ['name'], schema='app')
    op.create_foreign_key('users_self', 'users', 'users', ['id'], ['id'], source_schema='app', referent_schema='app')
    op.alter_column('posts', 'Name', new_column_name='Title', schema='My App')
    op.rename_table('posts', 'Posts', schema='My App')
    op.drop_index('users_name', table_name='users', schema='app')
    op.drop_constraint('users_self', 'users', schema='app', type_='foreignkey')
    op.drop_column('users', 'name', schema='app')


def downgrade():
    op.drop_table('Posts', schema='My App')
    op.drop_table('users', schema='app')
    op.execute('DROP TYPE app.kind')
    op.execute('DROP SCHEMA "My App"')
    op.execute('DROP SCHEMA app')
