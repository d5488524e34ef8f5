-- transaction: none
-- title: needs the tablespace fast_ssd
ALTER INDEX orders_placed_at_idx SET TABLESPACE fast_ssd;
