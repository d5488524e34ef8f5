import type { Directive } from '../../operations/operation.ts'
import { Code, printValue } from '../../operations/print.ts'
import { isSql } from '../../sql/tag.ts'
import type { Said } from '../python/evaluation.ts'
import type { Readers } from './rewriting.ts'

/** What is done with a page, as it is done in a batch's transaction; null where that cannot be. */
export function processing(
  page: readonly Said[],
  readers: Readers,
  isInLoop = false,
): readonly Said[] | null {
  const result: Said[] = []
  for (const one of page) {
    const done = inTransaction(one, readers, isInLoop)
    if (done === null) return null
    result.push(done)
  }
  return result
}

function inTransaction(said: Said, readers: Readers, isInLoop: boolean): Said | null {
  switch (said.say) {
    case 'directive': {
      const sql = sqlCode(said.directive, readers)
      return sql === null ? null : { say: 'code', text: `await transaction.query(${sql})` }
    }
    case 'query': {
      const sql = sqlCode(said.query.used ? (said.asked ?? said.directive) : said.directive, readers)
      if (sql === null) return null
      const query = `await transaction.query(${sql})`
      return { say: 'code', text: said.query.used ? `const ${said.name}: any = ${query}` : query }
    }
    case 'code': {
      const isLeaving = /^return\b/.test(said.text) || (!isInLoop && /^(break|continue)$/.test(said.text))
      return isLeaving || /\bop\.(?!sql\b|json\b)/.test(said.text) ? null : said
    }
    case 'block': {
      const parts = said.parts.map(({ open, body }) => {
        const inner = processing(body, readers, isInLoop || /^(for|while) /.test(open))
        return inner === null || /\bawait\b/.test(open) ? null : { open, body: inner }
      })
      return parts.includes(null) ? null : { ...said, parts: parts.flatMap((part) => part ?? []) }
    }
    case 'missing':
      return null
    default:
      return said
  }
}

const ofRows = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt'])

/** The SQL of a change of rows, or of a query; null for all else. */
function sqlCode(directive: Directive, { parse }: Readers): string | null {
  const sql: unknown = directive.kind === 'execute' && 'sql' in directive ? directive.sql : null
  if (sql instanceof Code) return sql.text
  if (typeof sql !== 'string' && !isSql(sql)) return null
  const text = typeof sql === 'string' ? sql : sql.sql.reduce((sofar, part, n) => `${sofar}$${n}${part}`)
  const statements = parse(text)
  const isOfRows = statements.length === 1 && ofRows.has(statements[0]?.tree.kind ?? '')
  return isOfRows ? printValue(sql) : null
}
