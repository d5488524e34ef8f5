import { isDeepStrictEqual } from 'node:util'
import type { CatalogObject, Snapshot } from '../catalog/snapshot.ts'
import type { Directive } from '../operations/operation.ts'
import { isMadeAnew } from './became.ts'
import { kindOf } from './kind-of.ts'

/** Something that has another name now, or may have. */
export type Rename = {
  /** As it was called, without its kind: `app.users.name`. */
  readonly from: string
  readonly to: string
  /** What gives it the new name. */
  readonly directives: readonly Directive[]
  /** What somebody has said of it. */
  readonly told?: ToldRename
}

export type Renames = {
  /** Told, or the only ones alike, of kinds of which nothing is lost; and what makes room for what is built in its place. */
  readonly certain: readonly Rename[]
  /** Alike, with rows in them: only a person knows. */
  readonly likely: readonly Rename[]
}

/** What somebody has said: the old name and the new one, `app.users.name` and `full_name`; none for what is no renaming. */
export type ToldRename = {
  readonly from: string
  readonly to: string | null
  /** It stays written down once it is done, so that there need not be anything of the old name. */
  readonly stays?: true
}

/**
 * Finds what may be the same under another name: of what goes and comes, objects of one kind in one place that are alike in all else. Parts of
 * what is itself renamed are found once that is done.
 */
export function renamesBetween(from: Snapshot, to: Snapshot, told: readonly ToldRename[]): Renames {
  const found = [objectsBetween(from, to, told), labelsBetween(from, to, told)]
  return {
    certain: [...found.flatMap(({ certain }) => certain), ...asideBetween(from, to)],
    likely: found.flatMap(({ likely }) => likely),
  }
}

function objectsBetween(from: Snapshot, to: Snapshot, told: readonly ToldRename[]): Renames {
  const gone = [...from.values()].filter((object) => isApart(object, from, to))
  const made = [...to.values()].filter((object) => isApart(object, to, from))
  const taken = new Set([...from.values()].flatMap(({ key, excludes = [] }) => [key, ...excludes]))
  /** Whether nothing has the name yet: else the one that comes waits for the one that goes. */
  const isFree = ({ key, excludes = [] }: CatalogObject) =>
    ![key, ...excludes].some((name) => taken.has(name))
  const certain: Rename[] = []
  const likely: Rename[] = []
  for (const before of gone) {
    const said = told.find((one) => isCalled(calledOf(before), one.from))
    if (said?.to === null) continue
    const candidates = made.filter(
      (after) =>
        after.kind === before.kind && after.parent === before.parent && after.goesWith === before.goesWith,
    )
    if (said !== undefined) {
      const after = candidates.find((one) => isCalled(calledOf(one), said.to ?? ''))
      if (after !== undefined) certain.push({ ...renameOf(before, after), told: said })
      continue
    }
    const free = candidates.filter(
      (after) => !told.some((one) => one.to !== null && isCalled(calledOf(after), one.to)),
    )
    const alike = free.filter((after) => isAlike({ before, after }, from, to))
    const [only] = alike
    if (only === undefined) continue
    const rivals = gone.filter(
      (other) => other.kind === only.kind && isAlike({ before: other, after: only }, from, to),
    )
    if (kindOf(before).holdsRows?.(before.fields) === true) likely.push(renameOf(before, only))
    else if (alike.length === 1 && rivals.length === 1 && isFree(only)) certain.push(renameOf(before, only))
  }
  return { certain, likely }
}

/** Of what stays and is another, the names that are no objects of their own and that rows may hold: the labels of an enum. */
function labelsBetween(from: Snapshot, to: Snapshot, told: readonly ToldRename[]): Renames {
  const certain: Rename[] = []
  const likely: Rename[] = []
  for (const before of from.values()) {
    const after = to.get(before.key)
    const { labels } = kindOf(before)
    if (labels === undefined || after === undefined || before.kind !== after.kind) continue
    const whole = calledOf(before)
    for (const { from: old, to: next, inPlace, directives } of labels(before.fields, after.fields)) {
      const rename: Rename = { from: `${whole}.${old}`, to: `${whole}.${next}`, directives }
      const said = told.find((one) => isCalled(rename.from, one.from))
      if (said !== undefined && said.to !== null && isCalled(rename.to, said.to))
        certain.push({ ...rename, told: said })
      if (said === undefined && inPlace) likely.push(rename)
    }
  }
  return { certain, likely }
}

/** Behind the name of what goes once the new one of its name is there. */
const suffix = '_replaced'

/** What is made anew under its name and stays beside that until it is there, so that queries always have an index, and rows a constraint. */
function asideBetween(from: Snapshot, to: Snapshot): readonly Rename[] {
  return [...from.values()].flatMap((before): readonly Rename[] => {
    const after = to.get(before.key)
    if (after === undefined || before.derived === true || after.derived === true) return []
    const key = before.key.replace(/"?$/, (quote) => `${suffix}${quote}`)
    if (before.kind !== after.kind || from.has(key) || to.has(key) || !isMadeAnew(before, after)) return []
    // What it stands on would have to wait until it is gone.
    const isSteady = before.needs.every((need) => need === before.parent || isUnchanged(need, from, to))
    if (!isSteady) return []
    const fields = kindOf(before).aside?.(before.fields, suffix) ?? null
    return fields === null ? [] : [renameOf(before, { ...before, key, fields })]
  })
}

function isUnchanged(key: string, from: Snapshot, to: Snapshot): boolean {
  return isDeepStrictEqual(from.get(key)?.fields, to.get(key)?.fields)
}

function renameOf(before: CatalogObject, after: CatalogObject): Rename {
  const directives = kindOf(before).rename?.(before, after) ?? []
  return { from: calledOf(before), to: calledOf(after), directives }
}

/** What an object is called, without its kind: `app.users.name`. */
function calledOf({ key }: CatalogObject): string {
  return key.slice(key.indexOf(' ') + 1)
}

/** In one of the two alone, of a kind that can be renamed, and part of nothing that is itself so. */
function isApart(object: CatalogObject, here: Snapshot, there: Snapshot): boolean {
  if (there.has(object.key) || object.derived === true || kindOf(object).rename === undefined) return false
  const wholes = [object.parent, object.goesWith].filter((whole) => whole !== undefined)
  return wholes.every((whole) => there.has(whole) || !here.has(whole))
}

/** By its whole name, or by the end of it that begins a part. */
function isCalled(called: string, name: string): boolean {
  return called === name || called.endsWith(`.${name}`)
}

function isAlike(
  { before, after }: { readonly before: CatalogObject; readonly after: CatalogObject },
  from: Snapshot,
  to: Snapshot,
): boolean {
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
