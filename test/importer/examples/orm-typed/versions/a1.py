"""orm typed

Revision ID: a1
Revises:
Create Date: 2026-01-15 10:00:00.000000

"""
from typing import Optional

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

revision = 'a1'
down_revision = None
branch_labels = None
depends_on = None


class Base(DeclarativeBase):
    pass


class Named:
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Shop(Named, Base):
    __tablename__ = 'shop'
    __table_args__ = {'schema': 'trade'}
    city: Mapped[Optional[str]]
    tags: Mapped[list] = mapped_column(postgresql.ARRAY(sa.Text), default=list)


class Item(Named, Base):
    __tablename__ = 'item'
    __table_args__ = {'schema': 'trade'}
    shop_id: Mapped[int] = mapped_column(sa.ForeignKey('trade.shop.id'))
    price: Mapped[int] = mapped_column('cents', server_default='100')
    more: Mapped[Optional[dict]] = mapped_column(postgresql.JSONB)


def seed(session, names):
    for n, name in enumerate(names):
        shop = Shop(name=name, city='here' if n else None)
        session.add(shop)
        session.flush()
        for kind in ('cheap', 'dear'):
            session.add(Item(name=f'{name} {kind}', shop_id=shop.id, price=None if kind == 'cheap' else 900))


def upgrade():
    op.execute('CREATE SCHEMA trade')
    op.create_table('shop', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('name', sa.Text(), nullable=False), sa.Column('city', sa.Text()), sa.Column('tags', postgresql.ARRAY(sa.Text())), schema='trade')
    op.create_table('item', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('name', sa.Text(), nullable=False), sa.Column('shop_id', sa.Integer(), sa.ForeignKey('trade.shop.id')), sa.Column('cents', sa.Integer(), server_default='100'), sa.Column('more', postgresql.JSONB()), schema='trade')
    op.create_table('log', sa.Column('word', sa.Text()))
    with Session(bind=op.get_bind()) as session:
        seed(session, ['one', 'two'])
        session.commit()
        for item in session.scalars(sa.select(Item).where(Item.price > 100).order_by(Item.id)):
            item.price = item.price * 2
            item.more = {'doubled': True}
        session.commit()
        for shop, in session.execute(sa.select(Shop).order_by(Shop.id)):
            session.execute(sa.text('INSERT INTO log VALUES (:word)'), {'word': shop.name + ' in ' + (shop.city or 'nowhere')})
        for row in session.execute(sa.select(Shop, Item.name).join(Item, Item.shop_id == Shop.id).order_by(Item.id)):
            session.execute(sa.text('INSERT INTO log VALUES (:word)'), {'word': row.Shop.name + ': ' + row.name})
        one = session.get(Shop, 1)
        if one is not None:
            one.city = 'there'
            one.tags = ['a', one.name]
        session.commit()
        session.execute(sa.update(Item).where(Item.shop_id == 2).values(price=7))
        session.execute(sa.delete(Item).where(Item.name == 'two dear'))
        left = session.scalar(sa.select(sa.func.count()).select_from(Item))
        session.execute(sa.text('INSERT INTO log VALUES (:word)'), {'word': f'{left} left'})
        session.bulk_insert_mappings(Shop, [{'name': 'three', 'city': 'bulk'}, {'name': 'four', 'city': 'bulk'}])
        session.bulk_save_objects([Item(name='saved', shop_id=one.id)])
        session.commit()
    maker = sessionmaker(op.get_bind())
    with maker() as session, session.begin():
        session.add(Shop(name='begun'))
    with Session(op.get_bind()) as session:
        session.add(Shop(name='never'))


def downgrade():
    op.execute('DROP SCHEMA trade CASCADE')
    op.drop_table('log')
