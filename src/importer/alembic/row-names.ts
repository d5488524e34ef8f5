import type { ParsedStatement } from '../../sql/statements.ts'

/** The names of a query's columns, where each has one. */
export function namesOfRows(statement: ParsedStatement | undefined): readonly string[] | null {
  const node = statement?.tree.node
  const targets = (node?.['targetList'] ?? []) as readonly Target[]
  const names = targets.map(({ ResTarget: target }) => target?.name ?? nameOfValue(target?.val))
  return names.length === 0 || names.includes(undefined) ? null : (names as string[])
}

type Named = { readonly String?: { readonly sval: string }; readonly A_Star?: object }
type TargetValue = {
  readonly [kind: string]: { readonly fields?: readonly Named[]; readonly funcname?: readonly Named[] }
}
type Target = { readonly ResTarget?: { readonly name?: string; readonly val?: TargetValue } }

function hasStar(value: TargetValue | undefined): boolean {
  return value?.['ColumnRef']?.fields?.at(-1)?.A_Star !== undefined
}

function nameOfValue(value: TargetValue | undefined): string | undefined {
  const column = value?.['ColumnRef']?.fields?.at(-1)?.String?.sval
  return column ?? value?.['FuncCall']?.funcname?.at(-1)?.String?.sval
}

/** As many columns as a query has, each with its name where that is known; null where it says `*`. */
export function unnamed(statement: ParsedStatement | undefined): readonly (string | null)[] | null {
  if (statement?.tree.kind !== 'SelectStmt') return null
  const targets = (statement.tree.node['targetList'] ?? []) as readonly Target[]
  const isKnown = targets.every(({ ResTarget: target }) => !hasStar(target?.val))
  return isKnown
    ? targets.map(({ ResTarget: target }) => target?.name ?? nameOfValue(target?.val) ?? null)
    : null
}

/** Whether all that a query gives are counts. */
export function isCount(statement: ParsedStatement | undefined): boolean {
  const targets = (statement?.tree.node['targetList'] ?? []) as readonly Target[]
  return (
    targets.length > 0 &&
    targets.every(
      ({ ResTarget: target }) => target?.val?.['FuncCall']?.funcname?.at(-1)?.String?.sval === 'count',
    )
  )
}
