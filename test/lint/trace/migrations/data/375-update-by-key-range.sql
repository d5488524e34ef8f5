-- title: The first batch, by key
UPDATE users SET locale = 'de' WHERE id BETWEEN 1 AND 10000 AND locale = 'de_DE';
