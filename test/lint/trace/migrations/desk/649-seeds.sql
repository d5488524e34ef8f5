-- schema: desk.sql
-- rows: desk-rows.sql
INSERT INTO plans (code, monthly_price, max_agents) VALUES ('team', 49, 10), ('enterprise', 199, NULL) ON CONFLICT (code) DO UPDATE SET monthly_price = excluded.monthly_price;
INSERT INTO countries (code, name) VALUES ('AT', 'Austria'), ('CH', 'Switzerland') ON CONFLICT DO NOTHING;
