-- title: Weights in kilograms
-- classes: +breaks-old-code because the application of before reads kilograms where it expects grams
ALTER TABLE products ALTER COLUMN weight_g TYPE numeric(8,3) USING weight_g / 1000.0;
