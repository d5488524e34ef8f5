INSERT INTO coupons (code, percent) VALUES ('SPRING', 10), ('SUMMER', 15) ON CONFLICT (code) DO NOTHING;
