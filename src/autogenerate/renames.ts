import { isDeepStrictEqual } from 'node:util'
import type { CatalogObject, Snapshot } from '../catalog/snapshot.ts'
import type { Directive } from '../operations/operation.ts'
import { kindOf } from './compare.ts'

/** An object that goes, and one that comes and may be the same under another name. */
export type Rename = {
  readonly before: CatalogObject
  readonly after: CatalogObject
  /** What somebody has said of it. */
  readonly told?: ToldRename
}

export type Renames = {
  /** Told, or the only ones alike, of kinds of which nothing is lost. */
  readonly certain: readonly Rename[]
  /** Alike, with rows in them: only a person knows. */
  readonly likely: readonly Rename[]
}

/** What somebody has said: the old name and the new one, `app.users.name` and `full_name`; none for what is no renaming. */
export type ToldRename = { readonly from: string; readonly to: string | null }

/**
 * Finds what may be the same under another name: of what goes and comes, objects of one kind in one place that are alike in all else. Parts of
 * what is itself renamed are found once that is done.
 */
export function renamesBetween(from: Snapshot, to: Snapshot, told: readonly ToldRename[]): Renames {
  const gone = [...from.values()].filter((object) => isApart(object, from, to))
  const made = [...to.values()].filter((object) => isApart(object, to, from))
  const certain: Rename[] = []
  const likely: Rename[] = []
  for (const before of gone) {
    const said = told.find((one) => isCalled(before, one.from))
    if (said?.to === null) continue
    const candidates = made.filter(
      (after) =>
        after.kind === before.kind && after.parent === before.parent && after.goesWith === before.goesWith,
    )
    if (said !== undefined) {
      const after = candidates.find((one) => isCalled(one, said.to ?? ''))
      if (after !== undefined) certain.push({ before, after, told: said })
      continue
    }
    const free = candidates.filter((after) => !told.some((one) => one.to !== null && isCalled(after, one.to)))
    const alike = free.filter((after) => isAlike({ before, after }, from, to))
    const [only] = alike
    if (only === undefined) continue
    const rivals = gone.filter(
      (other) => other.kind === only.kind && isAlike({ before: other, after: only }, from, to),
    )
    if (kindOf(before).holdsRows?.(before.fields) === true) likely.push({ before, after: only })
    else if (alike.length === 1 && rivals.length === 1) certain.push({ before, after: only })
  }
  return { certain, likely }
}

export function renamingOf({ before, after }: Rename): readonly Directive[] {
  return kindOf(before).rename?.(before, after) ?? []
}

/** What an object is called, without its kind: `app.users.name`. */
export function calledOf({ key }: CatalogObject): string {
  return key.slice(key.indexOf(' ') + 1)
}

/** In one of the two alone, of a kind that can be renamed, and part of nothing that is itself so. */
function isApart(object: CatalogObject, here: Snapshot, there: Snapshot): boolean {
  if (there.has(object.key) || object.derived === true || kindOf(object).rename === undefined) return false
  const wholes = [object.parent, object.goesWith].filter((whole) => whole !== undefined)
  return wholes.every((whole) => there.has(whole) || !here.has(whole))
}

/** By its whole name, or by the end of it that begins a part. */
function isCalled(object: CatalogObject, name: string): boolean {
  const called = calledOf(object)
  return called === name || called.endsWith(`.${name}`)
}

function isAlike({ before, after }: Rename, from: Snapshot, to: Snapshot): boolean {
  const kind = kindOf(before)
  const [one, other] = [kind.nameless?.(before.fields), kind.nameless?.(after.fields)]
  if (!isDeepStrictEqual(one, other)) return false
  const [parts, otherParts] = [partsOf(before, from), partsOf(after, to)]
  // A table of the same columns, or of most of them.
  const shared = parts.filter((part) => otherParts.includes(part)).length
  return shared * 2 >= Math.max(parts.length, otherParts.length)
}

/** The kinds and own names of the parts of an object. */
function partsOf(whole: CatalogObject, snapshot: Snapshot): readonly string[] {
  return [...snapshot.values()]
    .filter(({ parent }) => parent === whole.key)
    .filter((part) => kindOf(part).holdsRows !== undefined)
    .map((part) => `${part.kind} ${calledOf(part).slice(calledOf(whole).length)}`)
}
