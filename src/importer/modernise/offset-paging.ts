import { isSql } from '../../sql/tag.ts'
import type { Said } from '../python/evaluation.ts'
import type { Readers } from './modernise.ts'

/** A loop that reads page after page by OFFSET: rows that change meanwhile move others over the border, and these are never read. */
export const offsetPaging = {
  found: 'pages by OFFSET pass rows over when others change meanwhile, and each page reads all before it',
  instead: 'write it with op.backfill, which goes along the key',
} as const

/** Whether a block is such a loop; nothing can rewrite it, since only its author knows what it is for. */
export function isOffsetPaging(
  block: Extract<Said, { say: 'block' }>,
  { parse }: Pick<Readers, 'parse'>,
): boolean {
  const isLoop = block.parts.some(({ open }) => open.startsWith('while '))
  return (
    isLoop &&
    block.parts.some(({ body }) => body.some((said) => said.say === 'query' && hasOffset(said, parse)))
  )
}

function hasOffset({ directive }: Extract<Said, { say: 'query' }>, parse: Readers['parse']): boolean {
  const sql = 'sql' in directive && isSql(directive.sql) ? directive.sql.sql : null
  const text = sql?.reduce((sofar, part, n) => (n === 0 ? part : `${sofar}$${n}${part}`)) ?? ''
  return text !== '' && parse(text).some(({ tree }) => tree.node['limitOffset'] !== undefined)
}
