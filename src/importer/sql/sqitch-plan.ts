import { LimbeckError } from '../../error.ts'

/** A change as a plan has it. */
export type PlannedChange = {
  readonly name: string
  readonly plannedAt: string
  /** What follows `#`; empty where nothing does. */
  readonly note: string
  /** What it requires of other projects, as `project:change`. */
  readonly foreign: readonly string[]
  /** The tags that come after it, up to the next change of the same name; of the last one of its name, none count. */
  readonly tags: readonly string[]
  readonly line: number
}

/** A line of a plan that sqitch would not take either. */
export class PlanBroken extends LimbeckError {
  readonly code = 'PLAN_BROKEN'
  readonly file: string
  readonly line: number

  constructor({ file, line }: { readonly file: string; readonly line: number }, text: string) {
    super(`${file}:${line}: ${JSON.stringify(text)} is no line of a sqitch plan.`, {
      hint: 'A change is NAME [DEPENDENCIES] DATE PLANNER <EMAIL> # NOTE, a tag the same with @NAME. Nothing was written.',
    })
    this.file = file
    this.line = line
  }
}

const entry =
  /^\s*(?<tag>@|\+\s*|-\s*)?(?<name>[^\s@:#\\[\]]+)\s+(?:\[(?<depends>[^\]]+)\]\s*)?(?<date>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\s+[^<]+<[^>]+>$/

/** The changes of a plan, in their order: the order in which sqitch deploys them. */
export function plannedChanges(file: string, text: string): readonly PlannedChange[] {
  const changes: (PlannedChange & { readonly tags: string[] })[] = []
  for (const [n, whole] of text.split('\n').entries()) {
    const [said = '', note = ''] = splitNote(whole.replace(/\r$/, ''))
    if (said.trim() === '' || said.trimStart().startsWith('%')) continue
    const found = entry.exec(said)?.groups
    if (found === undefined) throw new PlanBroken({ file, line: n + 1 }, whole.trim())
    if (found['tag'] === '@') {
      for (const change of changes) change.tags.push(found['name'] ?? '')
      continue
    }
    changes.push({
      name: found['name'] ?? '',
      plannedAt: found['date'] ?? '',
      note,
      foreign: (found['depends'] ?? '').split(/\s+/).filter((name) => /^[^!].*:/.test(name)),
      tags: [],
      line: n + 1,
    })
  }
  return changes
}

function splitNote(line: string): readonly [string, string] {
  const at = line.indexOf('#')
  return at === -1 ? [line.trimEnd(), ''] : [line.slice(0, at).trimEnd(), line.slice(at + 1).trim()]
}
