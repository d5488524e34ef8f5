CREATE TABLE "author" (
  "id" serial PRIMARY KEY,
  "name" text,
  "score" integer NOT NULL,
  "tags" text[],
  "settings" jsonb,
  "active" boolean DEFAULT TRUE
);

CREATE TABLE "book" (
  "author_id" integer NOT NULL,
  "number" integer NOT NULL,
  "title" text,
  "price" numeric(10,2),
  CONSTRAINT "book_pkey" PRIMARY KEY ("author_id", "number"),
  CONSTRAINT "book_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "author" ("id")
);

CREATE TABLE "note" (
  "id" serial PRIMARY KEY,
  "word" text,
  "author_id" integer
);
-- public.author (1,Ada!,111,"{a,b}","{""n"": 11, ""was"": {""x"": [1]}}",t)
-- public.author (2,Bob!,112,,"{""n"": 12, ""was"": null}",t)
-- public.author (3,Cid!,13,{},"{""n"": 13, ""was"": {}}",t)
-- public.author (4,nobody,4,,"{""n"": 4, ""was"": []}",t)
-- public.author (5,Zoe,100,{new},{},t)
-- public.book (1,1,"Ada! One",1.50)
-- public.book (1,2,"Ada! TwoAda! Two",2.25)
-- public.book (2,1,"Bob! Three",0.00)
-- public.book (5,1,First,9.00)
-- public.note (10,"Ada! sells Ada! Two",)
-- public.note (11,"Zoe sells First",)
-- public.note (12,3,)
-- public.note (13,4,)
-- public.note (14,4,)
-- public.note (15,"no Nemo",)
-- public.note (16,"total 340",)
-- public.note (3,"no tags?",2)
-- public.note (6,"Ada! One again",)
-- public.note (7,"Ada! Two again",)
-- public.note (8,"Ada!,Bob!,Cid!,nobody,Zoe",)
-- public.note (9,"Ada! sells Ada! One",)
