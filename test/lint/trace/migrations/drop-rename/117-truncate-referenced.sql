TRUNCATE products;
