-- title: Knex adds the keys of a new table at the end
create table "price_history" ("id" bigserial primary key, "product_id" bigint not null, "price" numeric(10, 2) not null);
alter table "price_history" add constraint "price_history_product_id_foreign" foreign key ("product_id") references "products" ("id");
