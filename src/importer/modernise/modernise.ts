import type { Directive } from '../../operations/operation.ts'
import { factsOf } from '../../operations/operations.ts'
import type { Said } from '../python/evaluation.ts'
import { asBackfill, isOffsetPaging, offsetPaging, otherPaging } from './offset-paging.ts'
import type { Finding, Look, Readers } from './rewriting.ts'
import { rewritings } from './rewritings.ts'

/** What is known of a revision around one of its directions. */
export type Surroundings = Pick<Look, 'renames' | 'isNamedElsewhere'> & {
  /** What the other direction says. */
  readonly other: readonly Said[]
}

/** What is said, with the forms that Limbeck says in a safer way in their places, and where these were found. */
export function modernise(
  said: readonly Said[],
  file: string,
  readers: Readers,
  { other, renames, isNamedElsewhere }: Surroundings,
): { readonly said: readonly Said[]; readonly findings: readonly Finding[] } {
  const made = new Set<string>()
  const directives: Directive[] = []
  const look: Look = {
    ...readers,
    renames,
    isNamedElsewhere,
    other: directivesIn(other),
    isNew: (table) => made.has(keyOf(table)),
  }
  const findings: Finding[] = []
  return { said: rewritten(said, true), findings }

  function rewritten(list: readonly Said[], isWhole: boolean): readonly Said[] {
    let result: readonly Said[] = []
    let left = [...list]
    while (left.length > 0) {
      const [first, ...others] = left
      if (first === undefined) break
      const paged = first.say === 'block' && isWhole ? walked(first, result, others) : null
      if (paged !== null) {
        result = [...paged.before, paged.said]
        left = others
        continue
      }
      const found = first.say === 'directive' ? rewrite(left, first.line) : null
      result = [...result, ...(found?.said ?? [within(first)])]
      left = found === null ? others : found.left
    }
    return result
  }

  function within(one: Said): Said {
    if (one.say === 'directive') note(one.directive)
    if (one.say !== 'block') return one
    if (isOffsetPaging(one, readers)) findings.push({ file, line: one.line ?? 0, ...otherPaging })
    return { ...one, parts: one.parts.map((part) => ({ ...part, body: rewritten(part.body, false) })) }
  }

  /** A loop that pages by OFFSET, as a backfill, with what stands before it. */
  function walked(block: Extract<Said, { say: 'block' }>, before: readonly Said[], after: readonly Said[]) {
    if (!isOffsetPaging(block, readers)) return null
    const found = asBackfill(block, { before, after, made: directives }, readers)
    if (found !== null) findings.push({ file, line: block.line ?? 0, ...offsetPaging })
    return found
  }

  /** The directives at the beginning, comments between them left aside, by the first rewriting that knows them. */
  function rewrite(list: readonly Said[], line: number) {
    const following = directivesIn(list)
    for (const rewriting of rewritings) {
      const done = rewriting.rewrite(following, look)
      if (done === null) continue
      findings.push({ file, line, found: rewriting.found, instead: rewriting.instead })
      for (const directive of done.directives) note(directive)
      const directives = done.directives.map((directive): Said => ({ say: 'directive', directive, line }))
      const { comments, left } = without(list, done.count)
      return { said: [...directives, ...comments], left }
    }
    return null
  }

  function note(directive: Directive): void {
    directives.push(directive)
    for (const part of factsOf(directive).makes) if (part.column === undefined) made.add(keyOf(part))
    if (directive.kind !== 'execute') return
    for (const name of tablesMadeBy(directive)) made.add(name)
  }

  function tablesMadeBy(directive: Directive): readonly string[] {
    if (!('sql' in directive) || typeof directive.sql !== 'string') return []
    return readers.parse(directive.sql).flatMap(({ tree: { kind, node } }) => {
      const relation = kind === 'CreateStmt' ? node['relation'] : undefined
      return relation === undefined ? [] : [keyOf({ schema: relation.schemaname, table: relation.relname })]
    })
  }
}

function keyOf({ schema, table }: { readonly schema?: string | undefined; readonly table: string }): string {
  return JSON.stringify([schema ?? null, table])
}

/** Directives one after the other; what is no directive and no remark ends them. */
function directivesIn(list: readonly Said[]): readonly Directive[] {
  const end = list.findIndex(({ say }) => say !== 'directive' && say !== 'comment' && say !== 'blank')
  return list
    .slice(0, end === -1 ? undefined : end)
    .flatMap((one) => (one.say === 'directive' ? [one.directive] : []))
}

/** A list without its first directives; remarks between them stay. */
function without(list: readonly Said[], count: number) {
  const comments: Said[] = []
  let taken = 0
  let at = 0
  while (taken < count && at < list.length) {
    const one = list[at]
    if (one?.say === 'directive') taken += 1
    else if (one !== undefined) comments.push(one)
    at += 1
  }
  return { comments, left: list.slice(at) }
}
