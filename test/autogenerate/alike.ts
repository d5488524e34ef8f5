import { expect } from 'vitest'
import { settled } from '../../src/catalog/printed.ts'

/** Two catalogs are alike; else the error has the lines in which they are not. */
export function expectAlike(found: readonly string[], wanted: readonly string[]): void {
  const [one, other] = [comparable(found), comparable(wanted)]
  const lines = [
    ...one.filter((line) => !other.includes(line)).map((line) => `+ ${line}`),
    ...other.filter((line) => !one.includes(line)).map((line) => `- ${line}`),
  ]
  if (lines.length > 0) expect.fail(`The catalogs differ:\n${lines.join('\n')}`)
}

function comparable(lines: readonly string[]): readonly string[] {
  return withoutNamesOfParts(lines).map(withoutUsualName).map(withoutOrder).map(settled)
}

/** What a partition has of an index or a constraint of its table is there by itself, under a name that is PostgreSQL's affair. */
function withoutNamesOfParts(lines: readonly string[]): readonly string[] {
  const parts = lines.flatMap((line) => line.match(/^(.*) inherits from .* $/)?.[1] ?? [])
  return lines.filter((line) => {
    const named = line.match(/^index CREATE (?:UNIQUE )?INDEX (.*) ON (?:ONLY )?(.*?)\./)
    const qualified = named === null ? [] : [named[1], `${named[2]}.${named[1]}`]
    return (
      !/^(.*) inherits from .* $/.test(line) &&
      !qualified.some((name) => parts.includes(name ?? '')) &&
      !/^constraint .* inherited 1 /.test(line)
    )
  })
}

/** PostgreSQL's own name of a NOT NULL is as it was when the column was made, and says nothing. */
function withoutUsualName(line: string): string {
  return line.replace(/^constraint (?:".*_not_null\d*"|\S+_not_null\d*) of/, 'constraint not null of')
}

/** The columns of extended statistics are in the order of the table's. */
function withoutOrder(line: string): string {
  return line.replace(/(?<=^statistics .* ON )(.*)(?= FROM )/, (columns) =>
    columns.split(', ').sort().join(', '),
  )
}
