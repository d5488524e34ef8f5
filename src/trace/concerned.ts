import type { Picture, PicturedRelation } from './picture.ts'
import type { TracedTransaction } from './subject.ts'
import { wordsOf } from './words.ts'

/** All names that a migration says; null where it may do something to what it does not name: what a function or a block does stands nowhere else. */
export function saidNames(transactions: readonly TracedTransaction[]): ReadonlySet<string> | null {
  const statements = transactions.flatMap((one) => one.statements.map(({ parsed }) => parsed.tree))
  const isOpen = statements.some(({ kind, node }) => running.has(kind) || node['replace'] === true)
  return isOpen ? null : new Set(statements.flatMap((tree) => [...wordsOf(tree)]))
}

const running = new Set([
  'DoStmt',
  'CallStmt',
  'SelectStmt',
  'ExecuteStmt',
  'AlterFunctionStmt',
  'CreateExtensionStmt',
  'AlterExtensionStmt',
])

/** The names that a migration says, without those of PostgreSQL's own types: half of all columns have one of these. */
export function ofOwnTypes(
  said: ReadonlySet<string> | null,
  ownTypes: ReadonlySet<string>,
  picture: Picture,
): ReadonlySet<string> | null {
  if (said === null) return null
  const names = new Set([...picture.values()].map(({ name }) => name))
  return new Set([...said].filter((word) => names.has(word) || ownTypes.has(word)))
}

/** Whether a relation is named, or the type of one of its columns, or what it is a part of or has as a part. */
export function concerns(
  said: ReadonlySet<string> | null,
  relation: PicturedRelation,
  picture: Picture,
): boolean {
  if (said === null) return true
  const isNamed = ({ name, columns }: PicturedRelation) =>
    said.has(name) || columns.some(({ type }) => said.has(bareType(type)))
  const children = [...picture.values()].filter(({ parents }) => parents.includes(relation.oid))
  return isNamed(relation) || children.some((child) => concerns(said, child, picture))
}

/** `app."state"[]` as a statement names it: state. */
function bareType(type: string): string {
  const bare =
    type
      .replace(/(?:\(.*\))?(?:\[\])*$/, '')
      .split('.')
      .at(-1) ?? type
  return bare.startsWith('"') ? bare.slice(1, -1) : bare
}
