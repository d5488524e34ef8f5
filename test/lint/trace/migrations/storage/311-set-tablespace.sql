-- transaction: none
-- title: The log moves to the other disk; needs the tablespace fast_ssd
ALTER TABLE orders SET TABLESPACE fast_ssd;
