"""orm

Revision ID: a1
Revises:
Create Date: 2026-01-15 10:00:00.000000

"""
import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.orm.attributes import flag_modified

revision = 'a1'
down_revision = None
branch_labels = None
depends_on = None

Base = declarative_base()


class Team(Base):
    __tablename__ = 'team'
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(50), nullable=False)
    kind = sa.Column(sa.String(20), default='open')
    note = sa.Column(sa.Text)
    created = sa.Column(sa.Text, server_default='made')


class Member(Base):
    __tablename__ = 'member'
    id = sa.Column(sa.Integer, primary_key=True)
    team_id = sa.Column(sa.ForeignKey('team.id'))
    full_name = sa.Column('name', sa.String(50))
    slug = sa.Column(sa.Text)
    data = sa.Column(postgresql.JSONB)
    rank = sa.Column(sa.Integer, default=lambda: 5)

    def label(self, mark):
        return mark + self.full_name


def upgrade():
    op.create_table('team', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('name', sa.String(50), nullable=False), sa.Column('kind', sa.String(20)), sa.Column('note', sa.Text(), server_default='a default of the table alone'), sa.Column('created', sa.Text(), server_default='made'))
    op.create_table('member', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('team_id', sa.Integer(), sa.ForeignKey('team.id')), sa.Column('name', sa.String(50)), sa.Column('slug', sa.Text()), sa.Column('data', postgresql.JSONB()), sa.Column('rank', sa.Integer()))
    op.create_table('log', sa.Column('n', sa.Integer()), sa.Column('word', sa.Text()))
    log = sa.table('log', sa.column('n', sa.Integer), sa.column('word', sa.Text))

    bind = op.get_bind()
    session = orm.Session(bind=bind)
    red = Team(name='red')
    blue = Team(name='blue', kind='closed', note='a note')
    session.add(red)
    session.add(blue)
    session.flush()
    ada = Member(full_name='Ada Lovelace', team_id=red.id, data={'tags': ['a', 'b']})
    session.add_all([ada, Member(full_name='Grace Hopper', team_id=blue.id), Member(full_name='Nobody', data=None)])
    session.commit()
    ada.rank = 9
    session.commit()
    bind.execute(log.insert().values(n=1, word=ada.created if hasattr(ada, 'created') else red.created))

    # Rows are objects, and what is set is written at the next flush.
    for member in session.query(Member).filter(Member.team_id != None).order_by(Member.id):
        member.slug = member.full_name.lower().replace(' ', '-')
        if member.rank == 5:
            member.rank = member.rank + 1
        session.execute(log.insert().values(n=member.id, word=member.label('* ')))
    session.commit()

    # What is done within a value counts where it is said.
    first = session.query(Member).filter_by(full_name='Ada Lovelace').first()
    data = first.data
    data['more'] = [1, 2]
    first.data = data
    session.flush()
    second = session.query(Member).filter(Member.full_name.like('Grace%')).one()
    second.data = {'list': [second.id, 'x'], 'none': None}
    session.flush()
    flag_modified(first, 'data')
    session.commit()

    # Queries that change rows.
    changed = session.query(Member).filter(Member.slug == None).update({'slug': 'none', Member.rank: Member.rank + 10}, synchronize_session=False)
    session.execute(log.insert().values(n=changed, word='changed'))
    session.query(Team).filter(Team.name == 'green').delete()
    count = session.query(Member).filter(Member.rank > 5).count()
    session.execute(log.insert().values(n=count, word='count'))
    total = session.query(sa.func.sum(Member.rank)).scalar()
    session.execute(log.insert().values(n=total, word='sum'))
    for id_, name in session.query(Member.id, Member.full_name).order_by(Member.id.desc()).limit(2):
        session.execute(log.insert().values(n=id_, word=name))
    for team, member in session.query(Team, Member).filter(Team.id == Member.team_id).order_by(Member.id):
        session.execute(log.insert().values(n=member.id, word=team.name + ':' + member.full_name))
    names = [member.full_name for member in session.query(Member).order_by(Member.full_name).all()]
    session.execute(log.insert().values(n=len(names), word=', '.join(names)))

    # Of objects made in a loop the keys are asked for where they are used.
    for member in session.query(Member).filter(Member.team_id == None).all():
        own = Team(name='team of ' + member.full_name)
        session.add(own)
        session.flush()
        member.team_id = own.id
    session.flush()
    gone = Team(name='gone')
    session.add(gone)
    session.flush()
    session.delete(gone)
    session.commit()
    for member in session.query(Member).join(Team, Team.id == Member.team_id).filter(Team.kind == 'open').filter(Member.data.is_(None)):
        session.execute(log.insert().values(n=member.id, word='joined'))
    assert session.query(session.query(Team).filter(Team.name == 'red').exists()).scalar()
    in_open = session.query(Team.id).filter(Team.kind == 'open')
    session.execute(log.insert().values(n=session.query(Member).filter(Member.team_id.in_(in_open)).count(), word='in open'))

    # What is never flushed is never written.
    lost = orm.Session(bind=bind)
    for team in lost.query(Team).all():
        team.note = 'lost'
    lost.add(Team(name='lost'))
    bind.execute(sa.text('INSERT INTO log VALUES (99, :word)'), {'word': json.dumps([red.name])})


def downgrade():
    session = orm.sessionmaker(bind=op.get_bind())()
    for team in session.query(Team).filter(Team.kind == 'open'):
        if team.name == 'nobody':
            session.delete(team)
    session.commit()
    op.drop_table('log')
    op.drop_table('member')
    op.drop_table('team')
