-- title: A small table with its first rows
CREATE TABLE feature_flags (
  name text PRIMARY KEY,
  enabled boolean NOT NULL DEFAULT false,
  changed_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO feature_flags (name) VALUES ('new_checkout'), ('dark_mode');
COMMENT ON TABLE feature_flags IS 'Read at start; changed by hand.';
