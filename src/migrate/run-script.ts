import type { Connection } from '../connection/connection.ts'
import { runForeign } from '../connection/prepared.ts'
import { parseStatements, type StatementTree } from '../sql/statements.ts'

/**
 * Does with a script of ours what psql does: statement by statement, the first error stops it, and `\gexec` runs what the query before it gives. So a
 * script can be tried where there is no psql, and on an embedded database. A transaction, for which that is the same, is one message.
 */
export async function runScript(connection: Connection, script: string): Promise<void> {
  const parts = withoutEcho(script).split(/^\\gexec$/m)
  let isOpen = false
  for (const [n, part] of parts.entries()) {
    const statements = await parseStatements(part)
    const message: string[] = []
    for (const [at, { text, tree, transaction }] of statements.entries()) {
      message.push(text)
      if (transaction === 'control') isOpen = begins(tree)
      const isLast = at === statements.length - 1
      if (isOpen && !isLast) continue
      const result = (await runForeign(connection, message.splice(0).join(';\n'))).at(-1)
      const executed = n < parts.length - 1 && isLast
      for (const row of executed ? (result?.rows ?? []) : []) {
        for (const cell of Object.values(row)) if (cell !== null) await runForeign(connection, String(cell))
      }
    }
  }
}

/** The same with the head of a script, for which it makes no difference whether it is one transaction: one message. */
export async function runHead(connection: Connection, head: string): Promise<void> {
  await connection.run(withoutEcho(head))
}

/** psql alone has variables, and somebody who watches. */
function withoutEcho(script: string): string {
  return script
    .split('\n')
    .filter((line) => !/^\\(set|echo) /.test(line))
    .join('\n')
}

function begins({ node }: StatementTree): boolean {
  return node['kind'] === 'TRANS_STMT_BEGIN' || node['kind'] === 'TRANS_STMT_START'
}
