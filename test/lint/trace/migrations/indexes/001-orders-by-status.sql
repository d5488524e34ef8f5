-- title: An index for the back office's list, as Rails writes it
CREATE INDEX index_orders_on_status ON orders USING btree (status);
