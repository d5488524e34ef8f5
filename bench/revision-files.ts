import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes a chain of trivial revisions: a table, a column, an index each. */
export function writeChain(directory: string, count: number): void {
  for (let n = 0; n < count; n++)
    writeRevision(directory, n, [
      `op.createTable({ name: 't${n}', columns: [{ name: 'id', type: 'bigint', primaryKey: true }] })`,
      `op.addColumn({ table: 't${n}', column: { name: 'name', type: 'text' } })`,
      `op.createIndex({ name: 't${n}_name_idx', table: 't${n}', columns: ['name'] })`,
    ])
}

/** Writes a chain as a team's grows: a table that refers to an older one, and then four revisions that change it. */
export function writeStory(directory: string, count: number): void {
  for (let n = 0; n < count; n++) writeRevision(directory, n, [chapter(Math.floor(n / 5), n % 5)])
}

function chapter(table: number, at: number): string {
  const name = `t${table}`
  const parent =
    table === 0
      ? ''
      : `, { name: 'parent_id', type: 'bigint', references: { table: 't${table - 1}', column: 'id' } }`
  const chapters = [
    `op.createTable({ name: '${name}', columns: [{ name: 'id', type: 'bigint', identity: 'always', primaryKey: true }, { name: 'email', type: 'text', notNull: true }${parent}] })`,
    `op.addColumn({ table: '${name}', column: { name: 'state', type: 'text', notNull: true, default: 'new' } })`,
    `op.createIndex({ name: '${name}_email_idx', table: '${name}', columns: ['email'], concurrently: true })`,
    `op.createCheckConstraint({ name: '${name}_state_check', table: '${name}', expression: op.sql\`state <> ''\` })`,
    `op.backfill({ table: '${name}', set: { state: 'old' }, where: op.sql\`state = 'new'\`, inverse: { set: { state: 'new' }, where: op.sql\`state = 'old'\` } })`,
  ]
  return chapters[at] ?? ''
}

function writeRevision(directory: string, n: number, calls: readonly string[]): void {
  const id = revisionId(n)
  writeFileSync(
    join(directory, `${id}.ts`),
    `/** Revision ${n}. */
import type { Operations } from 'limbeck'

export const revision = '${id}'
export const downRevision = ${n === 0 ? 'null' : `'${revisionId(n - 1)}'`}
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-01-15T00:00:00Z'

export function upgrade(op: Operations) {
${calls.map((call) => `  ${call}`).join('\n')}
}
`,
  )
}

/** The same work as one file for psql, a transaction each, with a version row in it. */
export function psqlScript(count: number): string {
  const parts = ['CREATE TABLE version (id text NOT NULL);', "INSERT INTO version VALUES ('');"]
  for (let n = 0; n < count; n++) {
    parts.push(`BEGIN;
CREATE TABLE "t${n}" ("id" bigint PRIMARY KEY);
ALTER TABLE "t${n}" ADD COLUMN "name" text;
CREATE INDEX "t${n}_name_idx" ON "t${n}" ("name");
UPDATE version SET id = '${revisionId(n)}';
COMMIT;`)
  }
  return parts.join('\n')
}

function revisionId(n: number): string {
  return `r${String(n).padStart(5, '0')}`
}
