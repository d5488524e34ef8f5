import type { Entry } from '../commands/entry.ts'
import type { HistoryEntry } from '../commands/history.ts'
import { drawGraph } from './drawing.ts'
import { turnText } from './phase.ts'
import type { Style } from './style.ts'

/** A revision in a line: id, labels, what it is, message. */
export function entryLine(entry: Entry, style: Style): string {
  const marks = [
    ...(entry.isHead ? [style.good('head')] : []),
    ...(entry.isBranchPoint ? ['branch point'] : []),
    ...(entry.isMerge ? ['merge'] : []),
    ...entry.branchLabels.map((label) => style.accent(label)),
  ]
  const what = marks.length === 0 ? '' : ` (${marks.join(', ')})`
  return `${style.strong(entry.id)}${what}  ${entry.message}`
}

/** A revision with everything that its header says. */
export function entryDetails(entry: Entry, style: Style): string {
  const rows = [
    ['after', entry.downRevisions.join(', ') || 'nothing: a base'],
    ...(entry.dependsOn.length === 0 ? [] : [['depends on', entry.dependsOn.join(', ')]]),
    ...(entry.replaces.length === 0 ? [] : [['replaces', entry.replaces.join(', ')]]),
    ...(entry.phase === null ? [] : [['phase', entry.phase]]),
    ...(entry.createDate === null ? [] : [['created', entry.createDate]]),
    ['file', entry.file],
  ]
  const lines = rows.map(([name = '', value = '']) => style.faint(`    ${name.padEnd(11)}${value}`))
  return [entryLine(entry, style), ...lines].join('\n')
}

/** The same, and when in a deploy it runs, where it is pending. */
export function historyDetails({ pending, ...entry }: HistoryEntry, style: Style): string {
  if (pending === undefined) return entryDetails(entry, style)
  const when = pending.phase === null ? 'its phase is not known: declare it' : turnText(pending.turn)
  return `${entryDetails(entry, style)}\n${style.accent(`    ${'pending'.padEnd(11)}${pending.problem ?? when}`)}`
}

/** The graph, newest first; a filled circle is a revision that the database has, where that was asked. */
export function graphText(
  entries: readonly (Entry & { readonly applied: boolean | null })[],
  style: Style,
): string {
  const applied = new Map(entries.map((entry) => [entry.id, entry.applied]))
  return drawGraph(
    entries.map((entry) => ({ id: entry.id, parents: entry.downRevisions, text: entryLine(entry, style) })),
    (id) => (applied.get(id) === false ? '○' : style.good('●')),
  )
}
