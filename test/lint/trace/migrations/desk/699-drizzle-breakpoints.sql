-- schema: desk.sql
-- rows: desk-rows.sql
ALTER TABLE "agents" ADD COLUMN "phone" varchar(32);--> statement-breakpoint
ALTER TABLE "agents" ALTER COLUMN "signature" SET DEFAULT '';--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "agent_skills" (
	"agent_id" integer NOT NULL,
	"skill" text NOT NULL,
	CONSTRAINT "agent_skills_agent_id_skill_pk" PRIMARY KEY("agent_id","skill")
);
--> statement-breakpoint
ALTER TABLE "agent_skills" ADD CONSTRAINT "agent_skills_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;
