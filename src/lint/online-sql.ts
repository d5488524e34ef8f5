import { quoteIdentifier } from '../sql/identifier.ts'
import type { Node, ParsedStatement, Token } from '../sql/statements.ts'
import { find } from '../trace/fixed-locks.ts'
import type { Picture } from '../trace/picture.ts'
import { alterCommands } from './tree.ts'

type Said = {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly node: Node
  readonly isPartitioned: boolean
}

/**
 * SQL that does the same as a statement and keeps nobody waiting, where each statement that refuses a transaction and each VALIDATE runs by itself, as in a
 * revision; null where there is no such SQL. Without semicolons at the end.
 */
export function onlineSql(
  { text: whole, tree }: ParsedStatement,
  tokens: readonly Token[],
  picture: Picture,
): string | null {
  const { node } = tree
  const text = whole.slice(0, tokens.at(-1)?.to ?? whole.length)
  const isPartitioned = find(picture, node['relation'])?.kind === 'p'
  const said = { text, tokens, node, isPartitioned }
  if (tree.kind === 'IndexStmt') return concurrentIndex(said)
  if (tree.kind === 'ReindexStmt') return concurrently(said, ['INDEX', 'TABLE'])
  const [command, ...others] = alterCommands(tree)
  if (tree.kind !== 'AlterTableStmt' || command === undefined || others.length > 0) return null
  if (node['relation']?.inh !== true) return null
  if (command['subtype'] === 'AT_SetNotNull') return notNull(said, String(command['name']))
  return command['subtype'] === 'AT_AddConstraint' ? added(said, command['def']?.Constraint ?? {}) : null
}

/** One without a name could not be found again after a crash, and on a partitioned table there is none. */
function concurrentIndex(said: Said): string | null {
  const { node, isPartitioned } = said
  const isWhole = node['relation']?.inh === true && node['idxname'] !== undefined
  return isPartitioned || !isWhole || node['concurrent'] === true ? null : concurrently(said, ['INDEX'])
}

function concurrently({ text, tokens }: Said, words: readonly string[]): string | null {
  const word = tokens.find((token) => words.includes(token.text.toUpperCase()))
  return word === undefined ? null : `${text.slice(0, word.to)} CONCURRENTLY${text.slice(word.to)}`
}

function added(said: Said, constraint: Node): string | null {
  const name = constraint['conname']
  const isPlain = !['deferrable', 'initdeferred', 'skip_validation', 'indexname', 'nulls_not_distinct'].some(
    (option) => constraint[option] !== undefined && constraint[option] !== false,
  )
  if (name === undefined || !isPlain || said.isPartitioned) return null
  switch (constraint['contype']) {
    case 'CONSTR_CHECK':
    case 'CONSTR_FOREIGN':
      return lines([`${said.text} NOT VALID`, `${alter(said)} VALIDATE CONSTRAINT ${asWritten(said, name)}`])
    case 'CONSTR_UNIQUE':
      return constraint['including'] === undefined ? uniqueKey(said, constraint) : null
    default:
      return null
  }
}

function uniqueKey(said: Said, { conname, keys }: Node): string {
  const name = asWritten(said, String(conname))
  const columns = (keys ?? []).map(({ String: key }: Node) => asWritten(said, String(key?.sval)))
  return lines([
    `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${table(said)} (${columns.join(', ')})`,
    `${alter(said)} ADD CONSTRAINT ${name} UNIQUE USING INDEX ${name}`,
  ])
}

/** A valid CHECK spares SET NOT NULL the look at all rows. */
function notNull(said: Said, column: string): string | null {
  const check = `${said.node['relation']?.relname}_${column}_is_set`
  if (said.isPartitioned || Buffer.byteLength(check) > mostBytes) return null
  const isBare = !said.text.includes('"')
  const name = isBare ? check : quoteIdentifier(check)
  return lines([
    `${alter(said)} ADD CONSTRAINT ${name} CHECK (${asWritten(said, column)} IS NOT NULL) NOT VALID`,
    `${alter(said)} VALIDATE CONSTRAINT ${name}`,
    said.text,
    `${alter(said)} DROP CONSTRAINT ${name}`,
  ])
}

/** NAMEDATALEN - 1 of PostgreSQL. */
const mostBytes = 63

function alter(said: Said): string {
  return `ALTER TABLE ${table(said)}`
}

function table(said: Said): string {
  const { schemaname, relname } = said.node['relation'] ?? {}
  return [schemaname, relname]
    .filter((part) => part !== undefined)
    .map((part) => asWritten(said, String(part)))
    .join('.')
}

/** A name as the statement has it: without quotes where it has none. */
function asWritten({ tokens }: Said, name: string): string {
  return tokens.some(({ text }) => text === name) ? name : quoteIdentifier(name)
}

function lines(statements: readonly string[]): string {
  return statements.join(';\n')
}
