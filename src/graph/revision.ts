import { LimbeckError } from '../error.ts'

/** What the header of a revision file says: one node of the graph, before its edges are checked. */
export type Revision = {
  readonly id: string
  /** Full ids; none for a base, several for a merge. */
  readonly downRevisions: readonly string[]
  readonly branchLabels: readonly string[]
  /** Full ids, unique partial ids or branch labels: what must be applied first without being a parent. */
  readonly dependsOn: readonly string[]
  readonly message: string
  readonly createDate: string | null
  /** When in a deploy it runs, where the author has said so. */
  readonly phase: Phase | null
  /** The revisions that this one is made of and stands for, as `replaces.ts` reads them; nearly always none. */
  readonly replaces: readonly string[]
  /** Files that it takes in, as seen from its own: an edit in one of them is an edit of it. */
  readonly parts: readonly string[]
  /** For messages only: the graph never opens it. */
  readonly file: string
}

/** Before the new application is out (`expand`), or once no application of before is left (`contract`). */
export type Phase = 'expand' | 'contract'

const RESERVED = new Set(['head', 'heads', 'base', 'current'])
const FORBIDDEN = /[@\-+:,\s]/

/** A name that a selector could not tell from its own syntax: `@ - + :` and the words `head`, `base` and so on. */
export class IllegalName extends LimbeckError {
  readonly code = 'ILLEGAL_NAME'
  readonly illegalName: string
  readonly file: string

  constructor(name: string, file: string) {
    super(`"${name}" in ${file} cannot be the name of a revision or a branch.`, {
      hint: 'Leave out "@", "-", "+", ":", commas and spaces, and do not use head, heads, base or current.',
    })
    this.illegalName = name
    this.file = file
  }
}

/** Throws where a revision's own names would be unreachable by selector. */
export function checkNames(revision: Revision): void {
  checkName(revision.id, revision.file)
  for (const label of revision.branchLabels) checkName(label, revision.file)
}

function checkName(name: string, file: string): void {
  if (name === '' || RESERVED.has(name) || FORBIDDEN.test(name)) throw new IllegalName(name, file)
}
