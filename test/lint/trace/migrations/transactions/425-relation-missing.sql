-- title: A migration of another branch is missing
ALTER TABLE subscriptions ADD COLUMN canceled_at timestamptz;
