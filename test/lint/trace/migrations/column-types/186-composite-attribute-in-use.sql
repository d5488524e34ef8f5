ALTER TYPE dimensions ALTER ATTRIBUTE width_mm TYPE bigint;
