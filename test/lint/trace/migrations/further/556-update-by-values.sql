UPDATE products SET price = v.price FROM (VALUES (500, 2.50), (1000, 3.50)) AS v (id, price) WHERE products.id = v.id;
