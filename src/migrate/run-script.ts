import type { Connection } from '../connection/connection.ts'
import { parseStatements } from '../sql/statements.ts'

/**
 * Does with a script of ours what psql does: each statement is a message of its own, the first error stops it, and `\gexec`
 * runs what the query before it gives. So a script can be tried where there is no psql, and on an embedded database.
 */
export async function runScript(connection: Connection, script: string): Promise<void> {
  const text = script
    .split('\n')
    .filter((line) => !/^\\(set|echo) /.test(line))
    .join('\n')
  const parts = text.split(/^\\gexec$/m)
  for (const [n, part] of parts.entries()) {
    const statements = await parseStatements(part)
    for (const [at, statement] of statements.entries()) {
      const [result] = await connection.run(statement.text)
      const executed = n < parts.length - 1 && at === statements.length - 1
      for (const row of executed ? (result?.rows ?? []) : []) {
        for (const cell of Object.values(row)) if (cell !== null) await connection.run(String(cell))
      }
    }
  }
}
