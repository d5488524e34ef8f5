import { buildGraph, type Graph } from '../../src/graph/graph.ts'
import { ancestors } from '../../src/graph/lineage.ts'
import type { Revision } from '../../src/graph/revision.ts'
import { parseSelector } from '../../src/graph/selector.ts'
import { resolveTargets, type Standing, type Targets } from '../../src/graph/targets.ts'

/**
 * Revisions from lines such as `c < a b; needs x; is billing`: id, down revisions, dependencies, labels, what it replaces (`replaces a b`). Their dates
 * ascend in the order written.
 */
export function revisions(...lines: readonly string[]): readonly Revision[] {
  return lines.map((line, at) => {
    const [own = '', ...facts] = line.split(';').map((part) => part.trim())
    const [id = '', parents = ''] = own.split('<').map((part) => part.trim())
    const words = (fact: string) =>
      facts.find((text) => text.startsWith(`${fact} `))?.slice(fact.length + 1) ?? ''
    return revision(id, {
      downRevisions: split(parents),
      dependsOn: split(words('needs')),
      branchLabels: split(words('is')),
      replaces: split(words('replaces')),
      createDate: `2026-01-01T00:${String(at).padStart(2, '0')}:00Z`,
    })
  })
}

export function revision(id: string, facts: Partial<Revision> = {}): Revision {
  return {
    id,
    downRevisions: [],
    branchLabels: [],
    dependsOn: [],
    message: '',
    createDate: null,
    phase: null,
    replaces: [],
    parts: [],
    file: `migrations/${id}.ts`,
    ...facts,
  }
}

export function graphOf(...lines: readonly string[]): Graph {
  return buildGraph(revisions(...lines))
}

/** The applied set of a database at these revisions. */
export function standingAt(graph: Graph, ...at: readonly string[]): ReadonlySet<string> {
  return ancestors(graph, at)
}

export function target(
  graph: Graph,
  text: string,
  standing: Partial<Standing> & Pick<Standing, 'direction'>,
): Targets {
  return resolveTargets(graph, parseSelector(text), { applied: new Set(), ...standing })
}

export function ids(found: readonly Revision[]): readonly string[] {
  return found.map(({ id }) => id)
}

/** The error that a call throws, for its facts; fails the test where there is none. */
export function errorOf(call: () => unknown): Error & { readonly hint?: string } {
  try {
    call()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('Nothing was thrown.')
}

function split(words: string): readonly string[] {
  return words.split(' ').filter((word) => word !== '')
}
