import { type LostRows, lostRows, otherRows } from './rows.ts'
import type { Step } from './step.ts'
import { type Finding, findingOf, inTurn, together, type Verdict, type Verification } from './verification.ts'

export const keepsRows: Verification = {
  name: 'rows',
  title:
    'rows that were there before a revision are there after it was undone, or it says that they are lost',
  async verify(subject) {
    return together(await inTurn(subject, keepsRows.name, async () => (await subject.walk()).map(verdictOf)))
  },
}

function verdictOf(step: Step): Verdict {
  const { revision, withoutRows } = step
  const notes =
    withoutRows === null
      ? []
      : [`${revision.id} was tried without rows, since it fails with sample rows: ${withoutRows.message}`]
  return { findings: findingsOf(step), notes }
}

function findingsOf({ revision, before, up, down, again, loses }: Step): readonly Finding[] {
  if (down === null) return []
  const isSaid = ({ table }: LostRows) => loses.some((loss) => loss.includes(table))
  const gone = lostRows(before.rows, down.rows).filter((one) => !isSaid(one))
  const found = gone.map((one) =>
    findingOf(revision, `Up and down again, it loses ${valuesOf(one)}, and says nothing of it.`),
  )
  if (up === null || again === null) return found
  // What a revision makes may be another value each time; what was there before it may not.
  const twice = otherRows(up.rows, again.rows, before.rows).filter(
    (one) => !isSaid(one) && !gone.some(({ table }) => table === one.table),
  )
  return [
    ...found,
    ...twice.map((one) =>
      findingOf(revision, `The second time it makes other values of ${valuesOf(one)} than the first time.`),
    ),
  ]
}

function valuesOf({ table, columns }: LostRows): string {
  return columns.length === 0 ? `rows of ${table}` : columns.map((column) => `${table}.${column}`).join(', ')
}
