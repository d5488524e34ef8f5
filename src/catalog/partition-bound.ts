import type { PartitionBound } from '../operations/partition-bound.ts'
import { rawSql, type Sql } from '../sql/tag.ts'
import { splitList } from './expression-list.ts'

/** The bound from what pg_get_expr says of it: `FOR VALUES FROM ('2026-01-01') TO (MAXVALUE)`. */
export function partitionBoundOf(text: string): PartitionBound {
  if (text === 'DEFAULT') return 'default'
  const [, modulus, remainder] = text.match(/^FOR VALUES WITH \(modulus (\d+), remainder (\d+)\)$/i) ?? []
  if (modulus !== undefined) return { modulus: Number(modulus), remainder: Number(remainder) }
  const [first = [], second] = valueLists(text)
  return second === undefined ? { in: first } : { from: first, to: second }
}

type BoundValue = string | number | boolean | null | Sql

/** The values within each pair of parentheses: one of IN, two of FROM and TO. */
function valueLists(text: string): readonly (readonly BoundValue[])[] {
  const lists: string[] = []
  let start = -1
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === "'" || character === '"') at = text.indexOf(character, at + 1)
    else if (character === '(' && start === -1) start = at + 1
    else if (character === ')') {
      lists.push(text.slice(start, at))
      start = -1
    }
  }
  return lists.map((list) => splitList(list).map(boundValue))
}

function boundValue(text: string): BoundValue {
  if (text === 'NULL') return null
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^'(?:[^']|'')*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'")
  const number = Number(text)
  return String(number) === text ? number : rawSql(text)
}
