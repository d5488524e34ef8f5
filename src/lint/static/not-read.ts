import type { TracedTransaction } from '../../trace/subject.ts'

/** What is in statements that no tree tells, a sentence each. */
export function notRead({
  transactions,
}: {
  readonly transactions: readonly TracedTransaction[]
}): readonly string[] {
  const opaque = transactions
    .flatMap(({ statements }) => statements)
    .filter(({ parsed }) => parsed.tree.kind === 'DoStmt' || parsed.tree.kind === 'CallStmt')
  return opaque.map(({ parsed, line }) =>
    parsed.tree.kind === 'DoStmt'
      ? `what the DO block in line ${line} does is not known without running it.`
      : `what the procedure that line ${line} calls does is not known without running it.`,
  )
}
