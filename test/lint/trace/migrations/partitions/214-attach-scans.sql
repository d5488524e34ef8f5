-- title: The staging table joins the payments
ALTER TABLE payments ATTACH PARTITION payments_apac FOR VALUES IN ('apac');
