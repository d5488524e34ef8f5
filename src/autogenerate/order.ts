import type { CatalogObject, Snapshot } from '../catalog/snapshot.ts'
import { LimbeckError } from '../error.ts'
import { append } from './append.ts'
import type { Difference } from './compare.ts'
import { kindOf } from './kind-of.ts'
import { mentionsIn } from './mentions.ts'
import { comesFrom, joinerOf, leaverOf, newOrigins, wholesOf } from './origins.ts'
import { makeRoom, type Step, withOrigins } from './room.ts'

/** Objects that need each other. */
export class CircularNeeds extends LimbeckError {
  readonly code = 'CIRCULAR_NEEDS'
  readonly objects: readonly string[]

  constructor(objects: readonly string[]) {
    super(`These need each other, so that none of them can be made first: ${objects.join(', ')}.`, {
      hint: 'Write this revision by hand: make one of them without what needs the other, and add that last.',
    })
    this.objects = objects
  }
}

/**
 * The steps in an order in which each finds what it needs. Where nothing asks for an order, objects come in that of the snapshot, all of a table
 * together, and what is dropped comes last.
 */
export function inOrder(difference: Difference, from: Snapshot, to: Snapshot): readonly Step[] {
  const { dropped, created, changed, carried } = difference
  const [before, rather] = [new Map<string, Step[]>(), new Map<string, Step[]>()]
  const first = (one: Step, then: Step, where = before) => {
    if (stepText(one) !== stepText(then)) append(where, stepText(then), one)
  }
  /** The step that drops an object: where it goes with another, that of the other. */
  const drop = (key: string): Step => {
    const by = dropped.get(key)?.by ?? null
    return by === null ? { does: 'drop', key } : drop(by)
  }
  const makes = (key: string): Step | null => {
    if (created.has(key)) return { does: 'create', key }
    return changed.has(key) ? { does: 'change', key } : null
  }
  /** What changes, where an object does or is touched by it. */
  const changesOf = (key: string): readonly Step[] =>
    [...(carried.get(key) ?? [key])]
      .filter((by) => changed.has(by))
      .map((by) => ({ does: 'change', key: by }))
  /** What is dropped by itself takes along what has come from it: a foreign key its copies of the partitions. */
  const goneWith = (object: CatalogObject): Step => {
    const origin = object.needs.map((need) => from.get(need)).find((need) => comesFrom(object, need))
    if (origin === undefined || !dropped.has(origin.key)) return drop(object.key)
    return dropped.get(origin.key)?.by === null ? goneWith(origin) : drop(object.key)
  }
  for (const [key, { object }] of dropped) {
    const leaver = leaverOf(object, difference, from)
    const gone = leaver === null ? goneWith(object) : drop(key)
    for (const need of withOrigins(object.needs, from)) {
      const isApart = dropped.has(need) && stepText(drop(need)) !== stepText(drop(key))
      if (isApart && from.get(need)?.goesWith !== key) first(gone, drop(need))
      for (const change of changesOf(need)) if (change.key !== leaver) first(gone, change)
    }
    if (leaver === null) continue
    const isReleased = (changed.get(leaver)?.release.length ?? 0) > 0
    first({ does: isReleased ? 'release' : 'change', key: leaver }, drop(key))
  }
  for (const [key, { object }] of dropped)
    for (const other of object.excludes ?? [])
      if (created.has(other)) first(drop(key), { does: 'create', key: other })
  // What is made again without needing what goes would else find that first.
  for (const [key, { object }] of dropped)
    for (const need of object.needs)
      if (dropped.has(need) && created.get(key)?.needs.includes(need) === false)
        first(drop(need), { does: 'create', key }, rather)
  for (const [key, { object }] of dropped)
    for (const need of created.get(key)?.needs ?? [])
      if (created.has(need) && !object.needs.includes(need))
        first(drop(key), { does: 'create', key: need }, rather)
  // What comes with another from now on makes room for it.
  for (const [key, { object }] of dropped)
    for (const need of created.get(key)?.derived === true ? (created.get(key)?.needs ?? []) : [])
      if (created.has(need) && !object.needs.includes(need)) first(drop(key), { does: 'create', key: need })
  for (const [key, object] of created) {
    for (const other of [key, ...(object.excludes ?? [])])
      if (dropped.has(other)) first(drop(other), { does: 'create', key })
    const joiner = joinerOf(object, difference, to)
    if (joiner !== null) first({ does: 'create', key }, { does: 'change', key: joiner })
    for (const need of withOrigins(object.needs, to)) {
      const made = need === joiner ? null : makes(need)
      if (made !== null) first(made, { does: 'create', key })
      for (const change of changesOf(need)) if (change.key !== joiner) first(change, { does: 'create', key })
    }
  }
  const released = (key: string, need: string) =>
    (changed.get(key)?.release.length ?? 0) > 0 && from.get(need)?.kind === from.get(key)?.kind
  for (const [key, { before: was, after }] of changed) {
    const joiner = joinerOf(after, difference, to)
    if (joiner !== null) {
      first({ does: 'release', key: joiner }, { does: 'change', key })
      first({ does: 'change', key }, { does: 'change', key: joiner })
    }
    const origins = was.derived === true || after.derived !== true ? [] : newOrigins(after, { from, to })
    for (const origin of origins) first({ does: 'change', key }, { does: 'create', key: origin })
    for (const need of withOrigins(after.needs, to)) {
      const made = need === joiner || origins.includes(need) ? null : makes(need)
      if (made !== null) first(made, { does: 'change', key })
    }
    for (const need of was.needs)
      if (dropped.has(need) && !after.needs.includes(need))
        first({ does: released(key, need) ? 'release' : 'change', key }, drop(need))
  }
  const releasing = [...changed].flatMap(([key, { release }]) => (release.length === 0 ? [] : [key]))
  makeRoom(difference, {
    from,
    to,
    releasing,
    drop,
    makes,
    first,
    better: (one, then) => first(one, then, rather),
  })
  const [mentioned, wereMentioned] = [mentionsIn(to), mentionsIn(from)]
  for (const [key, { object }] of dropped)
    for (const other of wereMentioned(object)) if (dropped.has(other)) first(drop(key), drop(other), rather)
  for (const object of [...created.values(), ...[...changed.values()].map(({ after }) => after)]) {
    const step = makes(object.key)
    for (const made of mentioned(object).map(makes))
      if (made !== null && step !== null) first(made, step, rather)
  }
  const releases = releasing.map((key): Step => ({ does: 'release', key }))
  const stays = (key: string) => from.has(key) && to.has(key) && !dropped.has(key)
  const gone = [...dropped.values()].flatMap(({ object, by }) => (by === null ? [object] : []))
  const [standing, stood] = [standingIn(to), standingIn(from)]
  for (const [whole, parts] of partsOfOthers(gone, stays))
    for (const key of standing(whole))
      for (const part of parts) if (created.has(key)) first(drop(part), { does: 'create', key }, rather)
  for (const [whole, parts] of partsOfOthers(created.values(), stays))
    for (const key of stood(whole))
      for (const part of parts) if (dropped.has(key)) first(drop(key), { does: 'create', key: part }, rather)
  const [making, dropping] = [stepsOfMaking(difference, to), stepsOfDropping(difference, from)]
  // And what is said of it, such as its comment, comes with it.
  const meddling = ({ key }: Step) => {
    const snapshot = to.has(key) ? to : from
    const object = snapshot.get(key)
    if (object === undefined) return false
    const wholes = wholesOf(object, snapshot).flatMap((whole) => snapshot.get(whole) ?? [])
    return [object, ...wholes].some((one) => kindOf(one).meddles === true)
  }
  const others = [...making, ...dropping].filter((step) => !meddling(step))
  return sorted([...dropping.filter(meddling), ...releases, ...others, ...making.filter(meddling)], {
    before,
    rather,
  })
}

/** What stays while parts of it come or go, with these. */
function partsOfOthers(
  parts: Iterable<CatalogObject>,
  stays: (key: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const wholes = new Map<string, string[]>()
  for (const { key, parent } of parts)
    if (parent !== undefined && stays(parent)) wholes.set(parent, [...(wholes.get(parent) ?? []), key])
  return wholes
}

/** What stands on something as a whole, such as a view of a function that gives rows of a table: it is printed by what these have in all. */
function standingIn(snapshot: Snapshot): (whole: string) => ReadonlySet<string> {
  const dependents = new Map<string, string[]>()
  for (const { key, parent, needs } of snapshot.values())
    for (const need of needs) if (need !== parent) append(dependents, need, key)
  return (whole) => {
    const found = new Set<string>()
    const queue = [whole]
    for (let key = queue.shift(); key !== undefined; key = queue.shift())
      for (const dependent of dependents.get(key) ?? []) {
        if (found.has(dependent)) continue
        found.add(dependent)
        queue.push(dependent)
      }
    return found
  }
}

/** What is made and changed, all of a table together, and all of a column. */
function stepsOfMaking({ created, changed }: Difference, to: Snapshot): readonly Step[] {
  const positions = new Map(groupsInOrder(to).map((key, at) => [key, at]))
  const path = (key: string): readonly number[] => {
    const parent = to.get(key)?.parent
    return [...(parent === undefined ? [] : path(parent)), positions.get(key) ?? 0]
  }
  return [...created.keys(), ...changed.keys()]
    .map((key) => ({ key, path: path(key) }))
    .sort((one, other) => comparePaths(one.path, other.path))
    .map(({ key }) => ({ does: created.has(key) ? 'create' : 'change', key }))
}

/** The keys, those first that have no parent, each of them after those that it or a part of it needs; where they need each other, as they come. */
function groupsInOrder(snapshot: Snapshot): readonly string[] {
  const rootOf = (key: string): string => {
    const parent = snapshot.get(key)?.parent
    return parent === undefined || !snapshot.has(parent) ? key : rootOf(parent)
  }
  const needs = new Map<string, Set<string>>()
  for (const object of snapshot.values()) {
    const root = rootOf(object.key)
    const needed = needs.get(root) ?? new Set()
    for (const need of object.needs) needed.add(rootOf(need))
    needs.set(root, needed)
  }
  const order = new Set<string>()
  const seen = new Set<string>()
  const visit = (root: string): void => {
    if (seen.has(root)) return
    seen.add(root)
    for (const need of needs.get(root) ?? []) visit(need)
    order.add(root)
  }
  for (const root of needs.keys()) visit(root)
  return [...order, ...[...snapshot.keys()].filter((key) => !order.has(key))]
}

function comparePaths(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((step, index) => step !== other[index])
  return at === -1 ? one.length - other.length : (one[at] ?? 0) - (other[at] ?? -1)
}

/** The other way round than they were made. */
function stepsOfDropping({ dropped }: Difference, from: Snapshot): readonly Step[] {
  return [...from.keys()]
    .filter((key) => dropped.get(key)?.by === null)
    .reverse()
    .map((key) => ({ does: 'drop', key }))
}

type Steps = ReadonlyMap<string, readonly Step[]>

/** `before`: what has to come before a step; `rather`: what is better before it, where it does not itself have to wait for that. */
function sorted(
  steps: readonly Step[],
  { before, rather }: { readonly before: Steps; readonly rather: Steps },
): readonly Step[] {
  const done = new Set<string>()
  const open: string[] = []
  const order: Step[] = []
  const known = new Map(steps.map((step) => [stepText(step), step]))
  const visit = (step: Step): void => {
    const text = stepText(step)
    if (done.has(text) || !known.has(text)) return
    if (open.includes(text)) throw new CircularNeeds([...open.slice(open.indexOf(text)), text])
    open.push(text)
    for (const earlier of before.get(text) ?? []) visit(earlier)
    for (const earlier of rather.get(text) ?? []) if (!waits(earlier)) visit(earlier)
    open.pop()
    done.add(text)
    order.push(step)
  }
  /** Whether a step has to come after one of those that are open. */
  const waits = (step: Step, seen = new Set<string>()): boolean => {
    const text = stepText(step)
    if (open.includes(text)) return true
    if (done.has(text) || seen.has(text)) return false
    seen.add(text)
    return (before.get(text) ?? []).some((earlier) => waits(earlier, seen))
  }
  for (const step of steps) visit(step)
  return order
}

function stepText({ does, key }: Step): string {
  return `${does} ${key}`
}
