import type { ParsedStatement } from '../sql/statements.ts'
import type { TracedStatement, TracedTransaction } from '../trace/subject.ts'

/** How whoever runs a file of SQL wraps it: all in one transaction, or each statement as it stands, with what the file says of transactions itself. */
export type TransactionMode = 'one' | 'none'

/** What tools write into a file that is not to be wrapped. */
const markers = [
  /^limbeck:\s*transaction\s+none\b/,
  /\btransaction:\s*false\b/,
  /^\+goose\s+NO\s+TRANSACTION\b/i,
  /^!\s*no-transaction\b/i,
  /^atlas:txmode\s+none\b/i,
  /^disable-transaction\b/i,
]

/** Where nobody says it: as its own comments say, and a file that begins transactions itself is not wrapped. */
export function usualMode(
  statements: readonly ParsedStatement[],
  comments: readonly { readonly text: string }[],
): TransactionMode {
  const isMarked = comments.some(({ text }) => markers.some((marker) => marker.test(text)))
  return isMarked || statements.some(({ tree }) => beginsBlock(tree)) ? 'none' : 'one'
}

/** Cuts the statements of a file into the transactions in which they run; what begins, sets and ends these is none of them. */
export function transactionsOf(
  statements: readonly TracedStatement[],
  mode: TransactionMode,
): readonly TracedTransaction[] {
  const transactions: TracedTransaction[] = []
  let open: TracedStatement[] | null = mode === 'one' ? [] : null
  const close = (rollsBack: boolean) => {
    if (open !== null && open.length > 0) transactions.push({ isBlock: true, rollsBack, statements: open })
    open = null
  }
  for (const statement of statements) {
    const { tree, transaction } = statement.parsed
    if (beginsBlock(tree)) open ??= []
    else if (transaction === 'control') {
      close(tree.node['kind'] === 'TRANS_STMT_ROLLBACK')
      // COMMIT AND CHAIN begins the next one at once.
      if (tree.node['chain'] === true) open = []
    } else if (open !== null && setsTransaction(tree) && open.every(setsSomething)) continue
    else if (open !== null) open.push(statement)
    else
      transactions.push({
        isBlock: transaction !== 'none',
        isImplied: true,
        rollsBack: false,
        statements: [statement],
      })
  }
  close(false)
  return transactions
}

function beginsBlock({ kind, node }: ParsedStatement['tree']): boolean {
  return kind === 'TransactionStmt' && ['TRANS_STMT_BEGIN', 'TRANS_STMT_START'].includes(node['kind'])
}

/** SET TRANSACTION belongs to BEGIN: nothing may be asked before it, not even what is looked at here. */
function setsTransaction({ kind, node }: ParsedStatement['tree']): boolean {
  return kind === 'VariableSetStmt' && node['kind'] === 'VAR_SET_MULTI' && node['name'] === 'TRANSACTION'
}

function setsSomething({ parsed }: TracedStatement): boolean {
  return parsed.tree.kind === 'VariableSetStmt'
}
