UPDATE orders o SET category_id = p.category_id
FROM order_items i JOIN products p ON p.id = i.product_id
WHERE i.order_id = o.id AND o.category_id IS NULL;
