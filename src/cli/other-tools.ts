import type { OtherTool } from '../commands/other-tools.ts'
import type { Style } from './style.ts'
import { plural } from './text.ts'

/** What other tools have done to a database, and what to do about it. */
export function otherToolsText(tools: readonly OtherTool[], style: Style): readonly string[] {
  return tools.flatMap((tool) => [
    `${style.warn('!')} ${whatIsTold(tool)}`,
    style.faint(`  ${whatToDo(tool)}`),
  ])
}

function whatIsTold({ title, table, applied, ahead, behind, problem }: OtherTool): string {
  if (problem !== null) return problem
  if (ahead === null && applied.length === 0) return `${title} has been here: ${table}`
  const last = applied.at(-1) ?? ''
  const where =
    applied.length > 3 ? `at ${last}, ${plural(applied.length, 'migration')}` : `at ${applied.join(', ')}`
  if (ahead === null)
    return `${title} has applied migrations here, and Limbeck knows of none: ${table} is ${where}`
  const difference = [
    ...(ahead.length === 0 ? [] : [`${title} has ${ahead.join(', ')}, which the ledger does not have`]),
    ...(behind.length === 0 ? [] : [`the ledger has ${behind.join(', ')}, which ${title} does not have`]),
  ]
  return `${table} and the ledger are apart: ${difference.join('; ')}`
}

function whatToDo({ tool, title, ahead, problem }: OtherTool): string {
  const stamp = `limbeck stamp --from ${tool}`
  if (problem !== null) return `Once that is in order, take it over: ${stamp}`
  return ahead === null
    ? `Take that over, and nothing is run again: ${stamp}`
    : `Take over what ${title} says: ${stamp}`
}
