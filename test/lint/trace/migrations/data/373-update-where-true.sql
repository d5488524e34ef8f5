UPDATE products SET active = true WHERE 1 = 1;
