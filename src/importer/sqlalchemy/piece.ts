import { Code } from '../../operations/print.ts'
import { rawSql, type Sql } from '../../sql/tag.ts'
import type { Value as SqlValue } from '../../sql/value.ts'
import { use } from '../python/evaluation.ts'
import type { Residual } from '../python/value.ts'

/** SQL that is put together: text, and what only the run knows. */
export type Piece = { readonly sql: readonly string[]; readonly values: readonly Residual[] }

export function raw(text: string): Piece {
  return { sql: [text], values: [] }
}

export function parameter(value: Residual): Piece {
  return { sql: ['', ''], values: [value] }
}

/** Texts and pieces, one after the other. */
export function concat(...parts: readonly (string | Piece)[]): Piece {
  const sql: string[] = ['']
  const values: Residual[] = []
  for (const part of parts) {
    const piece = typeof part === 'string' ? raw(part) : part
    sql.push((sql.pop() ?? '') + (piece.sql[0] ?? ''), ...piece.sql.slice(1))
    values.push(...piece.values)
  }
  return { sql, values }
}

export function join(pieces: readonly (string | Piece)[], separator: string): Piece {
  return concat(...pieces.flatMap((piece, n) => (n === 0 ? [piece] : [separator, piece])))
}

/** The piece for a directive: what the run knows is printed as it is computed. */
export function sqlOf(piece: Piece): Sql {
  if (piece.values.length === 0) return rawSql(piece.sql[0] ?? '')
  const values: unknown[] = piece.values.map((value) => new Code(use(value)))
  // The printer writes a Code as it stands: nothing else ever reads these values.
  return { sql: piece.sql, values: values as SqlValue[] }
}

/** A plain text where it is one, as `execute` takes it. */
export function textOrSql(piece: Piece): string | Sql {
  return piece.values.length === 0 ? (piece.sql[0] ?? '') : sqlOf(piece)
}
