import { alembic } from './alembic.ts'
import { dbmate } from './dbmate.ts'
import { drizzle } from './drizzle.ts'
import { flyway } from './flyway.ts'
import { golangMigrate } from './golang-migrate.ts'
import { goose } from './goose.ts'
import { nodePgMigrate } from './node-pg-migrate.ts'
import { prisma } from './prisma.ts'
import { sqitch } from './sqitch.ts'
import type { ForeignTool } from './tool.ts'

/** The tools whose databases can be taken over. */
export const foreignTools: readonly ForeignTool[] = [
  alembic,
  prisma,
  drizzle,
  flyway,
  dbmate,
  goose,
  golangMigrate,
  sqitch,
  nodePgMigrate,
]

/** What the tools make for themselves in a database, as `autogenerate.exclude` names objects: no revision is about it. */
export function foreignObjects(): readonly string[] {
  return foreignTools.flatMap(({ tableName, objects = [`*.${tableName}*`] }) => objects)
}
