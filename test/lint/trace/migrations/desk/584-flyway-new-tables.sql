-- schema: desk.sql
-- rows: desk-rows.sql
-- title: V12__add_sla_policies.sql
CREATE TABLE sla_policies (
  id bigserial PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  name varchar(100) NOT NULL,
  first_reply_minutes integer NOT NULL CHECK (first_reply_minutes > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT uq_sla_policies_account_name UNIQUE (account_id, name)
);

CREATE TABLE sla_breaches (
  id bigserial PRIMARY KEY,
  policy_id bigint NOT NULL REFERENCES sla_policies (id),
  ticket_id bigint NOT NULL REFERENCES tickets (id),
  breached_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX ix_sla_breaches_policy_id ON sla_breaches (policy_id);
CREATE INDEX ix_sla_breaches_ticket_id ON sla_breaches (ticket_id);
COMMENT ON TABLE sla_policies IS 'How fast an account wants its customers answered';
