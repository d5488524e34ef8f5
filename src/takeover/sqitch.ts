import { revisionIdOf } from './revision-id.ts'
import type { ForeignTool, KnownRevision } from './tool.ts'

/** sqitch keeps each change of each of its projects; a change that was reworked comes under its name again. */
export const sqitch: ForeignTool = {
  name: 'sqitch',
  title: 'sqitch',
  tableName: 'changes',
  objects: ['sqitch', 'sqitch.*'],
  columns: ['change_id', 'change', 'project', 'planned_at'],
  read: (table) => `SELECT project, change FROM ${table} ORDER BY committed_at`,
  state(rows, known) {
    const projects = Map.groupBy(rows, (row) => String(row['project']))
    const ids = [...projects.values()].map((changes) =>
      changeIds(changes.map((row) => String(row['change']))),
    )
    return { ids: (ids.length < 2 ? ids : ids.filter((one) => isKnown(one, known))).flat(), upTo: false }
  },
}

/** The ids of changes, in their order: a name that comes again has a number. */
export function changeIds(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  return names.map((name) => {
    const id = revisionIdOf(name)
    const count = (counts.get(id) ?? 0) + 1
    counts.set(id, count)
    return count === 1 ? id : `${id}_${count}`
  })
}

/** Of several projects in a database, those are meant of which there are revisions. */
function isKnown(ids: readonly string[], known: readonly KnownRevision[]): boolean {
  return known.some(({ id }) => ids.includes(id))
}
