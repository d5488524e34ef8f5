ALTER PUBLICATION shop_changes ADD TABLE order_items;
