-- schema: desk.sql
-- rows: desk-rows.sql
CREATE TABLE ticket_report AS
  SELECT account_id, channel, count(*) AS tickets, avg(satisfaction) AS satisfaction FROM tickets GROUP BY account_id, channel;
ALTER TABLE ticket_report ADD PRIMARY KEY (account_id, channel);
