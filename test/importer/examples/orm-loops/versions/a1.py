"""orm loops

Revision ID: a1
Revises:
Create Date: 2026-01-15 10:00:00.000000

"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.orm import Session, sessionmaker

revision = 'a1'
down_revision = None
branch_labels = None
depends_on = None

Base = declarative_base()


class Author(Base):
    __tablename__ = 'author'
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.Text)
    score = sa.Column(sa.Integer, nullable=False, default=0)
    tags = sa.Column(postgresql.ARRAY(sa.Text))
    settings = sa.Column(postgresql.JSONB, default=dict)
    active = sa.Column(sa.Boolean, server_default=sa.true())


class Book(Base):
    __tablename__ = 'book'
    author_id = sa.Column(sa.ForeignKey('author.id'), primary_key=True)
    number = sa.Column(sa.Integer, primary_key=True)
    title = sa.Column(sa.Text)
    price = sa.Column(sa.Numeric(10, 2))


class Note(Base):
    __tablename__ = 'note'
    id = sa.Column(sa.Integer, primary_key=True)
    word = sa.Column(sa.Text)
    author_id = sa.Column(sa.Integer)


def note(session, word, author=None):
    session.add(Note(word=word, author_id=author.id if author is not None else None))


def rename(author, suffix):
    for attribute in ('name',):
        setattr(author, attribute, getattr(author, attribute) + suffix)
    return author


def upgrade():
    op.create_table('author', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('name', sa.Text()), sa.Column('score', sa.Integer(), nullable=False), sa.Column('tags', postgresql.ARRAY(sa.Text())), sa.Column('settings', postgresql.JSONB()), sa.Column('active', sa.Boolean(), server_default=sa.true()))
    op.create_table('book', sa.Column('author_id', sa.Integer(), sa.ForeignKey('author.id'), primary_key=True), sa.Column('number', sa.Integer(), primary_key=True, autoincrement=False), sa.Column('title', sa.Text()), sa.Column('price', sa.Numeric(10, 2)))
    op.create_table('note', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('word', sa.Text()), sa.Column('author_id', sa.Integer()))
    op.execute("""INSERT INTO author (name, score, tags, settings) VALUES ('Ada', 1, '{a,b}', '{"x": [1]}'), ('Bob', 2, NULL, NULL), ('Cid', 3, '{}', '{}'), (NULL, 4, NULL, '[]')""")
    op.execute("INSERT INTO book VALUES (1, 1, 'One', 1.50), (1, 2, 'Two', 2.25), (2, 1, 'Three', NULL)")
    bind = op.get_bind()
    session = Session(bind=bind)

    # What is passed over, and what is not.
    for author in session.query(Author).order_by(Author.id).all():
        if author.name is None:
            author.name = 'nobody'
            continue
        if author.tags:
            for tag in author.tags:
                note(session, tag, author)
        else:
            note(session, 'no tags', author)
        author.score += 10
        rename(author, '!')
        books = session.query(Book).filter(Book.author_id == author.id).order_by(Book.number).all()
        for book in books:
            book.title = f'{author.name} {book.title}'
            if book.price is None:
                book.price = 0
    session.commit()

    # Some are committed in the middle.
    done = 0
    for author in session.query(Author).order_by(Author.id):
        author.settings = {'was': author.settings, 'n': author.score}
        done += 1
        if done % 2 == 0:
            session.flush()
    session.commit()

    # Queries with conditions of all sorts.
    busy = session.query(Author.id).filter(Author.score > 11)
    session.query(Note).filter(Note.author_id.in_(busy)).update({Note.word: Note.word + '?'}, synchronize_session=False)
    session.query(Note).filter(sa.or_(Note.word == 'b', sa.and_(Note.word.like('no%'), Note.author_id == 3))).delete(synchronize_session=False)
    session.query(Note).filter(Note.author_id.in_([])).delete(synchronize_session=False)
    if session.query(Author).filter(Author.name == 'Zoe').first() is None:
        zoe = Author(name='Zoe', tags=['new'])
        session.add(zoe)
        session.flush()
        session.add(Book(author_id=zoe.id, number=1, title='First', price=9))
    for count, author_id in session.query(sa.func.count(Book.number), Book.author_id).group_by(Book.author_id).having(sa.func.count(Book.number) > 1):
        note(session, f'{count} books by {author_id}')
    titles = {book.number: book.title for book in session.query(Book).filter_by(author_id=1)}
    for number, title in titles.items():
        note(session, title + ' again')
    names = [name for (name,) in session.query(Author.name).filter(Author.active.is_(True)).order_by(Author.id)]
    note(session, ','.join(names))
    session.flush()
    pairs = session.query(Author, Book).join(Book, Book.author_id == Author.id).order_by(Author.id, Book.number).all()
    for author, book in pairs:
        if book.price:
            note(session, author.name + ' sells ' + book.title)
    # An object is one, however many rows have it; columns are as many as they are.
    for author in session.query(Author).join(Book, Book.author_id == Author.id).order_by(Author.id):
        author.score = author.score + 100
    session.flush()
    note(session, str(len(session.query(Author).filter(Author.id == Book.author_id).all())))
    note(session, str(len(session.query(Author.id).filter(Author.id == Book.author_id).all())))
    note(session, str(session.query(Author).filter(Author.id == Book.author_id).count()))
    none = bind.execute(sa.text("SELECT count(*) FROM author WHERE name = 'Nemo'")).scalar()
    if not none:
        note(session, 'no Nemo')
    session.commit()
    last = session.query(Book).get((1, 2))
    last.title = last.title * 2
    session.delete(session.query(Note).order_by(Note.id).first())
    session.commit()
    for other in session.query(Note).filter(Note.author_id.is_(None)).order_by(Note.id).limit(1):
        session.delete(other)
    session.commit()
    total = sum(author.score for author in session.query(Author))
    bind.execute(sa.text('INSERT INTO note (word) VALUES (:word)'), {'word': f'total {total}'})


def downgrade():
    session = sessionmaker(bind=op.get_bind())()
    for author in session.query(Author).filter(Author.name == 'Zoe'):
        session.query(Book).filter(Book.author_id == author.id).delete()
        session.delete(author)
    session.commit()
    session.close()
    op.drop_table('note')
    op.drop_table('book')
    op.drop_table('author')
