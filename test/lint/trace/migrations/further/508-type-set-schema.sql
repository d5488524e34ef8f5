ALTER TYPE order_status SET SCHEMA reporting;
