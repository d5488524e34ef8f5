import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes a chain of trivial revisions: a table, a column, an index each. */
export function writeChain(directory: string, count: number): void {
  for (let n = 0; n < count; n++) {
    const id = revisionId(n)
    writeFileSync(
      join(directory, `${id}.ts`),
      `/** Create table t${n}. */
import type { Operations } from 'limbeck'

export const revision = '${id}'
export const downRevision = ${n === 0 ? 'null' : `'${revisionId(n - 1)}'`}
export const branchLabels = null
export const dependsOn = null
export const createDate = '2026-01-15T00:00:00Z'

export function upgrade(op: Operations) {
  op.createTable({ name: 't${n}', columns: [{ name: 'id', type: 'bigint', primaryKey: true }] })
  op.addColumn({ table: 't${n}', column: { name: 'name', type: 'text' } })
  op.createIndex({ name: 't${n}_name_idx', table: 't${n}', columns: ['name'] })
}
`,
    )
  }
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
