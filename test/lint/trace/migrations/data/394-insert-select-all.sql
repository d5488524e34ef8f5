-- title: A wishlist for everybody
INSERT INTO wishlists (user_id, title) SELECT id, 'Wishes' FROM users;
