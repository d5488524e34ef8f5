import type { Node, ParsedStatement, Token } from '../../sql/statements.ts'
import type { Readers } from './rewriting.ts'

/** Two columns of a row, as a trigger sees them. */
type Pair = { readonly from: string; readonly to: string }

/** Whether a CREATE FUNCTION makes a trigger's function that only keeps two columns of its row equal, whichever of them is written. */
export function isSynchroniser({ tree, text }: ParsedStatement, pair: Pair, readers: Readers): boolean {
  if (tree.kind !== 'CreateFunctionStmt') return false
  const routine = readers.routine(text)
  const body = routine?.['action']?.PLpgSQL_stmt_block?.body as readonly Node[] | undefined
  if (body === undefined) return false
  const assigned = new Set<string>()
  const last = body.at(-1)?.['PLpgSQL_stmt_return'] as Node | undefined
  const returnsRow = last !== undefined && last['expr'] === undefined && (last['retvarno'] ?? 0) === 0
  return returnsRow && body.slice(0, -1).every(isPart) && assigned.has(pair.from) && assigned.has(pair.to)

  function isPart(node: Node): boolean {
    if (node['PLpgSQL_stmt_assign'] !== undefined) return isAssignment(node['PLpgSQL_stmt_assign'])
    if (node['PLpgSQL_stmt_return'] !== undefined) return true
    const choice = node['PLpgSQL_stmt_if'] as Node | undefined
    if (choice === undefined) return false
    const others = ((choice['elsif_list'] ?? []) as readonly Node[]).map(({ PLpgSQL_if_elsif: one }) => one)
    const parts = [...(choice['then_body'] ?? []), ...(choice['else_body'] ?? [])]
    return (
      [choice, ...others].every((one) => isCondition(one?.cond)) &&
      [...parts, ...others.flatMap((one) => one?.stmts ?? [])].every(isPart)
    )
  }

  /** `NEW.email := NEW.email_address`, or what is there of the two. */
  function isAssignment(node: Node): boolean {
    const words = wordsOf(node['expr'])
    const [record, dot, column = '', sign, ...value] = words
    if (record !== 'new' || dot !== '.' || !isOfPair(column) || (sign !== '=' && sign !== ':=')) return false
    assigned.add(column)
    const other = column === pair.from ? pair.to : pair.from
    const text = value.join('')
    const either = [pair.from, pair.to].map((name) => `new.${name}`)
    return (
      text === `new.${other}` ||
      [either, either.toReversed()].some((order) => text === `coalesce(${order.join(',')})`)
    )
  }

  function isCondition(node: Node | undefined): boolean {
    const words = wordsOf(node)
    return words.length > 0 && words.every((word) => isOfPair(word) || known.has(word))
  }

  function isOfPair(name: string): boolean {
    return name === pair.from || name === pair.to
  }

  function wordsOf(node: Node | undefined): readonly string[] {
    const query = node?.['PLpgSQL_expr']?.query as string | undefined
    return query === undefined ? [] : readers.scan(query).map(wordOf)
  }
}

/** As PostgreSQL reads it: without quotes, and small where it has none. */
function wordOf({ text }: Token): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase()
}

/** What a condition over the two columns is made of. */
const known = new Set(
  "new old . ( ) is not null distinct from and or = <> != tg_op 'insert' 'update' in ,".split(' '),
)
