CREATE TABLE "booking" (
  "room" int4range,
  "during" tstzrange,
  "gone" boolean,
  CONSTRAINT "booking_overlap" EXCLUDE USING "gist" ("room" WITH =, "during" WITH &&) WHERE (NOT gone)
);

CREATE TABLE "other" (
  "during" tstzrange,
  CONSTRAINT "other_overlap" EXCLUDE USING "gist" ("during" WITH &&)
);
