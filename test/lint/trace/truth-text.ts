import type { Major } from '../../servers/binaries.ts'
import type { Truth } from './classes.ts'
import type { Migration } from './migration.ts'

/** The truth as JSON, a statement a line; majors in a row that agree are said once, `13-17`. */
export function truthText({
  migrations,
  truths,
}: {
  readonly migrations: readonly Migration[]
  readonly truths: ReadonlyMap<string, ReadonlyMap<Major, Truth>>
}): string {
  const entries = migrations.map((migration) => {
    const byRange = [...ranges(truths.get(migration.slug)!)].map(
      ([range, truth]) => `    ${JSON.stringify(range)}: ${truthLines(truth)}`,
    )
    return `  ${JSON.stringify(migration.slug)}: {\n${byRange.join(',\n')}\n  }`
  })
  return `{\n${entries.join(',\n')}\n}\n`
}

function ranges(byMajor: ReadonlyMap<Major, Truth>): ReadonlyMap<string, Truth> {
  const runs: { first: Major; last: Major; truth: Truth }[] = []
  for (const [major, truth] of [...byMajor].toSorted(([a], [b]) => a - b)) {
    const last = runs.at(-1)
    if (last && JSON.stringify(last.truth) === JSON.stringify(truth)) last.last = major
    else runs.push({ first: major, last: major, truth })
  }
  return new Map(
    runs.map(({ first, last, truth }) => [first === last ? String(first) : `${first}-${last}`, truth]),
  )
}

function truthLines({ classes, statements, broken }: Truth): string {
  const lines = statements.map((statement) => `        ${JSON.stringify(statement)}`)
  const parts = [
    `"classes": ${JSON.stringify(classes)}`,
    `"statements": [\n${lines.join(',\n')}\n      ]`,
    `"broken": ${JSON.stringify(broken)}`,
  ]
  return `{\n      ${parts.join(',\n      ')}\n    }`
}
