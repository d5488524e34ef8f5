import type { Directive } from '../../operations/operation.ts'
import { printValue } from '../../operations/print.ts'
import { rawSql } from '../../sql/tag.ts'
import { functionCode } from '../print.ts'
import type { Said } from '../python/evaluation.ts'
import { processing } from './page-process.ts'
import { transformation } from './page-transform.ts'
import { type Block, hasOffset, mentions, type PagedLoop, pagedLoop } from './paged-loop.ts'
import type { Readers } from './rewriting.ts'

/** A loop that reads page after page by OFFSET: rows that change meanwhile move others over the border, and these are never read. */
export const offsetPaging = {
  found: 'pages by OFFSET pass rows over when others change meanwhile, and each page reads all before it',
  instead: 'op.backfill, which goes along the key, and on after a crash',
} as const

/** The same, where the loop does more than walk one table's rows. */
export const otherPaging = {
  found: offsetPaging.found,
  instead:
    'not rewritten, since it does more than walk the rows of one table: op.backfill goes along the key',
} as const

/** Whether a block is such a loop. */
export function isOffsetPaging(block: Block, readers: Pick<Readers, 'parse'>): boolean {
  return block.parts.some(
    ({ open, body }) =>
      /^(while|for) /.test(open) && body.some((said) => said.say === 'query' && hasOffset(said, readers)),
  )
}

/** The loop as a backfill, and what stood before it; null where it is not for us to say that this is the same. */
export function asBackfill(
  block: Block,
  around: {
    readonly before: readonly Said[]
    readonly after: readonly Said[]
    readonly made: readonly Directive[]
  },
  readers: Readers,
): { readonly before: readonly Said[]; readonly said: Said } | null {
  const loop = pagedLoop(block, around.before, readers)
  if (loop === null) return null
  const made = transformation(loop, around.made, readers)
  const members = made === null ? processMembers(loop, readers) : transformMembers(loop, made)
  if (members === null) return null
  const said: Said = {
    say: 'block',
    isFunction: true,
    parts: [{ open: 'op.backfill({', body: [...sourceMembers(loop), ...members] }],
    close: '})',
    ...(block.line === undefined ? {} : { line: block.line }),
  }
  const gone = around.before.filter((one) => !loop.before.includes(one)).flatMap(nameOf)
  // The rows of a page are a parameter now.
  const isLeft = (name: string) =>
    mentions(functionCode([...loop.before, ...around.after], '').code, name) ||
    (name !== loop.rows && mentions(functionCode([said], '').code, name))
  return [...gone, loop.rows].some(isLeft) ? null : { before: loop.before, said }
}

function sourceMembers({ schema, table, columns, where }: PagedLoop): readonly Said[] {
  return [
    ...(schema === undefined ? [] : [code(`schema: ${printValue(schema)},`)]),
    code(`table: ${printValue(table)},`),
    code(`columns: ${printValue(columns)},`),
    ...(where === null ? [] : [code(`where: ${printValue(rawSql(where))},`)]),
  ]
}

function transformMembers(
  { page }: PagedLoop,
  { into, onConflict, row, body }: NonNullable<ReturnType<typeof transformation>>,
): readonly Said[] {
  const remarks = page.filter(({ say }) => say === 'comment')
  return [
    code(`into: ${printValue(into)},`),
    ...(onConflict === 'fail' ? [] : [code(`onConflict: ${printValue(onConflict)},`)]),
    ...remarks,
    {
      say: 'block',
      parts: [
        {
          open: `transform: (${row}: any) => {`,
          body: [code('const made: any[] = []'), ...body, code('return made')],
        },
      ],
      close: '},',
    },
  ]
}

function processMembers({ page, rows }: PagedLoop, readers: Readers): readonly Said[] | null {
  const body = processing(page, readers)
  const open = `process: async (${rows}, transaction) => {`
  return body === null ? null : [{ say: 'block', parts: [{ open, body }], close: '},' }]
}

function code(text: string): Said {
  return { say: 'code', text }
}

function nameOf(said: Said): readonly string[] {
  if (said.say === 'query') return [said.name]
  const name = said.say === 'code' ? /^let (\w+)/.exec(said.text)?.[1] : undefined
  return name === undefined ? [] : [name]
}
