import { LimbeckError } from '../error.ts'

/** A place that needs no counting. `name` is an id, a unique partial id or a branch label. */
export type Anchor =
  | { readonly to: 'head' | 'heads' | 'base' | 'current' }
  | { readonly to: 'revision'; readonly name: string }

/** So many revisions up (more than 0) or down from a place; null is where the database stands. */
export type Relative = { readonly to: 'relative'; readonly from: Anchor | null; readonly steps: number }

/**
 * What a person writes for one or more revisions.
 *
 * @example
 * parseSelector('head')          // { text, branch: null, to: 'head' }
 * parseSelector('ae10+2')        // { text, branch: null, to: 'relative', from: { to: 'revision', name: 'ae10' }, steps: 2 }
 * parseSelector('billing@-1')    // { text, branch: 'billing', to: 'relative', from: null, steps: -1 }
 */
export type Selector = {
  /** As it was written, for messages. */
  readonly text: string
  /** What stands before the "@": a branch label, or a revision of the branch. */
  readonly branch: string | null
} & (Anchor | Relative)

/** Text that is no selector at all. */
export class InvalidSelector extends LimbeckError {
  readonly code = 'INVALID_SELECTOR'
  readonly selector: string

  constructor(selector: string) {
    super(`"${selector}" does not name a revision.`, {
      hint: 'Write an id, a part of one, head, heads, base, current, +1, -1, id+1, label@head or label@-1.',
    })
    this.selector = selector
  }
}

const SELECTOR = /^(?:(?<branch>[^@\s:+-]+)@)?(?<place>[^@\s:+-]+)?(?<steps>[+-]\d+)?$/

/** Reads the syntax alone: whether such revisions exist is the resolver's question. */
export function parseSelector(text: string): Selector {
  const { branch = null, place, steps } = SELECTOR.exec(text.trim())?.groups ?? {}
  const written = { text: text.trim(), branch }
  if (steps !== undefined) {
    return {
      ...written,
      to: 'relative',
      from: place === undefined ? null : anchor(place),
      steps: Number(steps),
    }
  }
  if (place === undefined) throw new InvalidSelector(text)
  return { ...written, ...anchor(place) }
}

function anchor(place: string): Anchor {
  if (place === 'head' || place === 'heads' || place === 'base' || place === 'current') return { to: place }
  return { to: 'revision', name: place }
}
