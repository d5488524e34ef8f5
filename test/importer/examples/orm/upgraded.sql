CREATE TABLE "log" (
  "n" integer,
  "word" text
);

CREATE TABLE "team" (
  "id" serial PRIMARY KEY,
  "name" varchar(50) NOT NULL,
  "kind" varchar(20),
  "note" text DEFAULT 'a default of the table alone',
  "created" text DEFAULT 'made'
);

CREATE TABLE "member" (
  "id" serial PRIMARY KEY,
  "team_id" integer,
  "name" varchar(50),
  "slug" text,
  "data" jsonb,
  "rank" integer,
  CONSTRAINT "member_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team" ("id")
);
-- public.log (1,"* Ada Lovelace")
-- public.log (1,"red:Ada Lovelace")
-- public.log (1,changed)
-- public.log (1,made)
-- public.log (2,"* Grace Hopper")
-- public.log (2,"Grace Hopper")
-- public.log (2,"blue:Grace Hopper")
-- public.log (2,"in open")
-- public.log (3,"Ada Lovelace, Grace Hopper, Nobody")
-- public.log (3,Nobody)
-- public.log (3,count)
-- public.log (30,sum)
-- public.log (99,"[""red""]")
-- public.member (1,1,"Ada Lovelace",ada-lovelace,"{""more"": [1, 2], ""tags"": [""a"", ""b""]}",9)
-- public.member (2,2,"Grace Hopper",grace-hopper,"{""list"": [2, ""x""], ""none"": null}",6)
-- public.member (3,3,Nobody,none,null,15)
-- public.team (1,red,open,,made)
-- public.team (2,blue,closed,"a note",made)
-- public.team (3,"team of Nobody",open,,made)
