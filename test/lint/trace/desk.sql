-- A help desk's database as it stands before each migration that says `-- base: desk`. It loads on PostgreSQL 13 to 18 and on PGlite, without extensions.

DO $$ BEGIN CREATE ROLE shop_app; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
GRANT USAGE ON SCHEMA public TO shop_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO shop_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO shop_app;
CREATE SCHEMA audit;
GRANT USAGE ON SCHEMA audit TO shop_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA audit GRANT SELECT, INSERT ON TABLES TO shop_app;

CREATE TYPE ticket_state AS ENUM ('open', 'pending', 'solved', 'closed');
CREATE TYPE channel AS ENUM ('email', 'chat', 'phone');
CREATE DOMAIN percentage AS numeric(5,2) CHECK (VALUE BETWEEN 0 AND 100);
CREATE SEQUENCE ticket_number_seq;

CREATE FUNCTION set_modified() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.modified_at = now();
  RETURN NEW;
END $$;
CREATE FUNCTION slugify(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS
  $$ SELECT trim(both '-' from regexp_replace(lower(value), '[^a-z0-9]+', '-', 'g')) $$;
CREATE FUNCTION business_hours(since timestamptz, until timestamptz) RETURNS integer LANGUAGE sql STABLE AS
  $$ SELECT (extract(epoch FROM until - since) / 3600)::integer $$;

CREATE TABLE alembic_version (version_num varchar(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY);

CREATE TABLE plans (
  id serial PRIMARY KEY,
  code varchar(32) NOT NULL UNIQUE,
  monthly_price numeric(8,2) NOT NULL,
  max_agents integer,
  features text
);

CREATE TABLE accounts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  plan_id integer REFERENCES plans (id),
  subdomain varchar(63) NOT NULL,
  name varchar(200) NOT NULL,
  status varchar(20) NOT NULL DEFAULT 'trial',
  timezone varchar(64),
  settings json,
  seats smallint NOT NULL DEFAULT 1,
  trial_ends_at timestamp without time zone,
  created_at timestamp without time zone NOT NULL DEFAULT now(),
  modified_at timestamp without time zone
);
CREATE UNIQUE INDEX ix_accounts_subdomain ON accounts (subdomain);
CREATE TRIGGER accounts_modified BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION set_modified();

CREATE TABLE teams (
  id serial PRIMARY KEY,
  account_id uuid NOT NULL CONSTRAINT fk_teams_account_id_accounts REFERENCES accounts (id) ON DELETE CASCADE,
  name varchar(80) NOT NULL,
  CONSTRAINT uq_teams_account_id_name UNIQUE (account_id, name)
);

CREATE TABLE agents (
  id serial PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts (id),
  team_id integer,
  email varchar(255) NOT NULL,
  full_name varchar(120),
  password_hash varchar(128),
  is_admin boolean NOT NULL DEFAULT false,
  signature text,
  capacity percentage,
  last_login_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX ix_agents_account_email ON agents (account_id, email);
CREATE INDEX ix_agents_team_id ON agents (team_id);

CREATE TABLE customers (
  id bigserial PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts (id),
  external_id varchar(64),
  email varchar(255),
  phone varchar(32),
  first_name varchar(80),
  last_name varchar(80),
  company text,
  tier varchar(10),
  vip boolean,
  notes text,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ix_customers_account_id ON customers (account_id);
CREATE INDEX ix_customers_email ON customers (email);

CREATE TABLE tickets (
  id bigserial PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts (id),
  number integer NOT NULL DEFAULT nextval('ticket_number_seq'),
  customer_id bigint NOT NULL CONSTRAINT fk_tickets_customer_id_customers REFERENCES customers (id),
  assignee_id integer REFERENCES agents (id) ON DELETE SET NULL,
  team_id integer,
  subject varchar(255) NOT NULL,
  state ticket_state NOT NULL DEFAULT 'open',
  channel channel NOT NULL DEFAULT 'email',
  priority integer NOT NULL DEFAULT 3 CONSTRAINT ck_tickets_priority CHECK (priority BETWEEN 1 AND 5),
  custom_fields jsonb NOT NULL DEFAULT '{}',
  satisfaction smallint,
  due_at timestamptz,
  first_reply_at timestamptz,
  solved_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  modified_at timestamptz
);
CREATE INDEX ix_tickets_account_id_state ON tickets (account_id, state);
CREATE INDEX ix_tickets_customer_id ON tickets (customer_id);
CREATE INDEX ix_tickets_open ON tickets (due_at) WHERE state = 'open';
CREATE TRIGGER tickets_modified BEFORE UPDATE ON tickets FOR EACH ROW EXECUTE FUNCTION set_modified();
ALTER TABLE tickets ENABLE ROW LEVEL SECURITY;
CREATE POLICY tickets_of_account ON tickets TO shop_app
  USING (account_id = coalesce(nullif(current_setting('desk.account', true), '')::uuid, account_id));

CREATE TABLE ticket_messages (
  id bigserial PRIMARY KEY,
  ticket_id bigint NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  author_type varchar(10) NOT NULL,
  author_id bigint,
  body text NOT NULL,
  html_body text,
  is_internal boolean DEFAULT false,
  sent_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ix_ticket_messages_ticket_id ON ticket_messages (ticket_id);

CREATE TABLE labels (
  id serial PRIMARY KEY,
  account_id uuid NOT NULL,
  name varchar(50) NOT NULL,
  color varchar(7) DEFAULT '#cccccc'
);
CREATE TABLE ticket_labels (
  ticket_id bigint NOT NULL REFERENCES tickets (id),
  label_id integer NOT NULL,
  PRIMARY KEY (ticket_id, label_id)
);

CREATE TABLE attachments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  message_id bigint,
  filename text NOT NULL,
  size_bytes integer NOT NULL,
  content bytea,
  checksum char(64)
);

CREATE TABLE subscriptions (
  id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts (id),
  plan_id integer NOT NULL REFERENCES plans (id),
  starts_on date NOT NULL,
  ends_on date,
  amount double precision NOT NULL,
  currency varchar(3) NOT NULL DEFAULT 'usd',
  canceled boolean NOT NULL DEFAULT false
);
ALTER TABLE subscriptions ADD CONSTRAINT ck_subscriptions_dates CHECK (ends_on >= starts_on) NOT VALID;

CREATE TABLE webhook_deliveries (
  id bigint NOT NULL,
  endpoint text NOT NULL,
  status_code integer,
  request jsonb,
  delivered_on date NOT NULL,
  PRIMARY KEY (id, delivered_on)
) PARTITION BY RANGE (delivered_on);
CREATE TABLE webhook_deliveries_y2026m01 PARTITION OF webhook_deliveries FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE webhook_deliveries_y2026m02 PARTITION OF webhook_deliveries FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
CREATE TABLE webhook_deliveries_y2026m03 PARTITION OF webhook_deliveries FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');

CREATE TABLE presence (
  agent_id integer NOT NULL,
  minute timestamptz NOT NULL,
  online boolean NOT NULL,
  PRIMARY KEY (agent_id, minute)
) PARTITION BY HASH (agent_id);
CREATE TABLE presence_0 PARTITION OF presence FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE presence_1 PARTITION OF presence FOR VALUES WITH (MODULUS 2, REMAINDER 1);

CREATE TABLE jobs (
  id bigserial PRIMARY KEY,
  queue varchar(50) NOT NULL DEFAULT 'default',
  payload jsonb NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  run_at timestamptz NOT NULL DEFAULT now(),
  locked_at timestamptz,
  failed_reason text
);
CREATE INDEX ix_jobs_queue_run_at ON jobs (queue, run_at) WHERE locked_at IS NULL;

CREATE TABLE countries (code char(2) PRIMARY KEY, name varchar(60) NOT NULL);

CREATE TABLE legacy_tickets (id integer NOT NULL, subject text, state text, created timestamp);

CREATE TABLE audit.entries (
  id bigserial PRIMARY KEY,
  table_name text NOT NULL,
  row_id text,
  actor text,
  change jsonb,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON audit.entries (table_name, row_id);

CREATE VIEW open_tickets AS SELECT id, account_id, number, subject, assignee_id, priority FROM tickets WHERE state IN ('open', 'pending');
CREATE VIEW agent_load AS
  SELECT a.id AS agent_id, a.full_name, count(t.id) AS tickets FROM agents a LEFT JOIN open_tickets t ON t.assignee_id = a.id GROUP BY a.id, a.full_name;
CREATE MATERIALIZED VIEW daily_tickets AS
  SELECT account_id, created_at::date AS day, count(*) AS tickets FROM tickets GROUP BY 1, 2;
CREATE UNIQUE INDEX ix_daily_tickets ON daily_tickets (account_id, day);
CREATE PUBLICATION desk_search FOR TABLE tickets, ticket_messages;
