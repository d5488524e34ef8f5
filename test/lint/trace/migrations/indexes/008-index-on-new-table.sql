-- title: A table and its indexes in one file
CREATE TABLE shipments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL,
  carrier text NOT NULL,
  tracking_code text,
  shipped_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX shipments_order_id_idx ON shipments (order_id);
CREATE UNIQUE INDEX shipments_tracking_code_idx ON shipments (carrier, tracking_code);
