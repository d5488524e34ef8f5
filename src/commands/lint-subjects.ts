import { embeddedExtensions } from '../connection/address.ts'
import { LimbeckError } from '../error.ts'
import { type Acceptance, acceptanceIn } from '../lint/acceptance.ts'
import type { TransactionMode } from '../lint/transactions.ts'
import type { TracedStatement, TracedTransaction } from '../trace/subject.ts'

/** One migration: what is looked at as a whole. */
export type LintSubject = {
  /** As people know it: the file's name, or the revision's id. */
  readonly name: string
  readonly mode: TransactionMode | null
  readonly transactions: readonly TracedTransaction[]
  /** It is the way back of a revision. */
  readonly isWayBack: boolean
  /** What of it cannot be tried, a sentence each. */
  readonly unseen: readonly string[]
  /** What makes extensions that are lacking where it is tried, in the order in which it stands. */
  readonly lacking: readonly TracedStatement[]
  /** Where a revision says a statement of SQL and nothing else, alone on its line. */
  readonly replaceable: readonly { readonly file: string; readonly line: number; readonly column: number }[]
  /** Hazards that its text takes. */
  readonly acceptances: readonly Acceptance[]
  /** BEGIN, COMMIT and their like, in the order in which they stand. */
  readonly control: readonly TracedStatement[]
}

/** A comment takes a hazard and does not say why. */
export class AcceptedWithoutReason extends LimbeckError {
  readonly code = 'ACCEPTED_WITHOUT_REASON'
  readonly file: string
  readonly line: number
  readonly rule: string

  constructor(file: string, line: number, rule: string) {
    super(`${file}:${line}: ${rule} is accepted without a reason.`, {
      hint: `Write it behind the rule, for who reads it later: -- limbeck: accept ${rule} forty rows`,
    })
    this.file = file
    this.line = line
    this.rule = rule
  }
}

/** A comment of the text, and the line on which it begins. */
export type Comment = { readonly text: string; readonly line: number }

/** A comment is about the statement in which it stands, or that comes after it. */
export function acceptancesIn(
  comments: readonly Comment[],
  statements: readonly Pick<TracedStatement, 'line' | 'parsed'>[],
  file: string,
): readonly Acceptance[] {
  return comments.flatMap(({ text, line }) => {
    const found = acceptanceIn(text)
    if (found === null) return []
    if (found.reason === '') throw new AcceptedWithoutReason(file, line, found.rule)
    const about = statements.find((one) => one.line + one.parsed.text.split('\n').length > line)
    return [{ ...found, said: `${file}:${line}`, scope: { file, line: about?.line ?? line } }]
  })
}

/** An extension that an embedded database cannot have. */
export function makesLacking({ parsed: { tree } }: TracedStatement): boolean {
  const known: readonly string[] = [...embeddedExtensions, 'plpgsql', 'uuid-ossp']
  return tree.kind === 'CreateExtensionStmt' && !known.includes(String(tree.node['extname']))
}

/** What is said of it. */
export function unseenExtension({ parsed }: TracedStatement): string {
  return `the extension ${parsed.tree.node['extname']} is not in the embedded PostgreSQL: what needs it is known by its text alone. Name a server in "autogenerate.shadow" to try it there.`
}
