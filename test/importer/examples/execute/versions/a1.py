"""execute

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
    op.execute("CREATE TABLE t (a text, b time)")
    op.execute("INSERT INTO t VALUES ('it''s 100%', '12:30'), ('\\:x', '01:02:03')")
    op.execute(sa.text("UPDATE t SET a = a || ' \\:y' WHERE b = '12:30'"))
    conn = op.get_bind()
    conn.execute(sa.text("INSERT INTO t VALUES (:a, :b)"), {'a': "o'clock", 'b': '10:00'})
    conn.execute(sa.text("INSERT INTO t VALUES (:a, :b)"), [{'a': 'one', 'b': '11:00'}, {'a': 'two', 'b': None}])
    conn.execute(sa.text("INSERT INTO t VALUES (:a, NULL)"), dict(a='x'))
    op.execute("INSERT INTO t SELECT a::text, b::time FROM t WHERE a = 'one'")
    op.execute("""
        CREATE FUNCTION f() RETURNS trigger AS $$
        BEGIN
            NEW.a := NEW.a || '!';
            RETURN NEW;
        END;
        $$ LANGUAGE plpgsql;
        CREATE TRIGGER f BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
    """)


def downgrade():
    op.execute('DROP TABLE t')
    op.execute('DROP FUNCTION f()')
