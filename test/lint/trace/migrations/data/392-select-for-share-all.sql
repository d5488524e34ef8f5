SELECT count(*) FROM (SELECT 1 FROM products FOR SHARE) locked;
