-- title: Packages have a depth, too
ALTER TYPE dimensions ADD ATTRIBUTE depth_mm integer;
