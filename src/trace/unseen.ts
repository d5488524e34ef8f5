import { type Connection, DatabaseError } from '../connection/connection.ts'
import type { Picture } from './picture.ts'
import type { TracedTransaction } from './subject.ts'
import { wordsOf } from './words.ts'

/** Statements that do something to what they name, and to nothing else. */
const ofNamed = new Set([
  'CreateStmt',
  'CreateSeqStmt',
  'IndexStmt',
  'ViewStmt',
  'AlterTableStmt',
  'CommentStmt',
  'VariableSetStmt',
])

/** Whether they name nothing of what is there, and do nothing to what they do not name: what they lock is their own. */
export function touchesNothing(transactions: readonly TracedTransaction[], there: Picture): boolean {
  const names = new Set([...there.values()].map(({ name }) => name))
  const isNamed = (word: string) => word.split('.').some((part) => names.has(part))
  return transactions.every(
    ({ isBlock, rollsBack, course, statements }) =>
      isBlock &&
      !rollsBack &&
      course === undefined &&
      statements.every(({ parsed: { tree } }) => ofNamed.has(tree.kind) && ![...wordsOf(tree)].some(isNamed)),
  )
}

/** Runs them without a look, and gives how many were run: one that fails ends it, and is as if it had not begun. */
export async function runUnseen(
  connection: Pick<Connection, 'run'>,
  transactions: readonly TracedTransaction[],
): Promise<number> {
  for (const [at, { statements }] of transactions.entries()) {
    const texts = statements.map(({ parsed }) => parsed.text)
    try {
      await connection.run(['BEGIN', ...texts, 'COMMIT'].join(';\n'))
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      await connection.run('ROLLBACK')
      return at
    }
  }
  return transactions.length
}
