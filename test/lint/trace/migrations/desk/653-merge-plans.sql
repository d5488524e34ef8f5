-- schema: desk.sql
-- rows: desk-rows.sql
-- since: 15
MERGE INTO plans p USING (VALUES ('plan-1', 12.00), ('plan-solo', 30.00)) AS v (code, price) ON p.code = v.code
WHEN MATCHED THEN UPDATE SET monthly_price = v.price
WHEN NOT MATCHED THEN INSERT (code, monthly_price) VALUES (v.code, v.price);
