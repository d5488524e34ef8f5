-- title: An index and an update in one transaction
CREATE INDEX wishlists_title_idx ON wishlists (title);
UPDATE coupons SET percent = least(percent, 30);
