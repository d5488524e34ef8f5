-- title: A column more: dropped and made anew
DROP MATERIALIZED VIEW user_stats;
CREATE MATERIALIZED VIEW user_stats AS
  SELECT user_id, count(*) AS orders, max(placed_at) AS last_order, sum(total) AS total FROM orders GROUP BY user_id;
CREATE UNIQUE INDEX user_stats_user_id_idx ON user_stats (user_id);
