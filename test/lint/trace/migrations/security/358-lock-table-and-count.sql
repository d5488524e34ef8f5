-- title: Nobody may write while the totals are made
LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;
CREATE TABLE order_counts AS SELECT user_id, count(*) AS orders FROM orders GROUP BY user_id;
