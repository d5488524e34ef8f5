import { type Graph, parents } from '../graph/graph.ts'
import { appliedHeads } from '../graph/heads.ts'
import { ancestors, descendants } from '../graph/lineage.ts'
import { replacedIds, waysOf } from '../graph/replaces.ts'
import { literal } from '../sql/literal.ts'
import type { AppliedRevision } from './state.ts'
import { ledgerTable } from './tables.ts'

/** What the database has, as the ledger tells it. */
type Applied = Pick<AppliedRevision, 'id' | 'downRevisions'>

/** Keeps Alembic's table of versions in step with the ledger, as text that goes out with the ledger's own. */
export type VersionKeeper = {
  /** Parts of a WITH that make the table say what it should once a revision is applied, or undone. */
  change(direction: 'upgrade' | 'downgrade', id: string): readonly string[]
  /** Statements that make the table say what it should where all these are applied. */
  set(applied: ReadonlySet<string>): readonly string[]
}

/**
 * Alembic keeps the applied revisions that no other applied one follows or depends on. Each change is told apart from what the
 * database holds, and not from what was there when it was planned: so it may be run in whatever order, again, or from a script.
 */
export function versionKeeper(
  ledgerSchema: string,
  {
    graph,
    applied,
    table,
  }: { readonly graph: Graph; readonly applied: readonly Applied[]; readonly table: string },
): VersionKeeper {
  const before = (id: string) => [...new Set([...parents(graph, id), ...(graph.dependencies.get(id) ?? [])])]
  const later = followers(graph, applied)
  const isLast = (version: string, others: readonly string[]) => {
    const unless = `EXISTS (SELECT 1 FROM ${ledgerTable(ledgerSchema, 'revision')} WHERE id = ANY (${literal(others)}::text[]))`
    const conditions = [
      ...(others.length === 0 ? [] : [`NOT ${unless}`]),
      `NOT EXISTS (SELECT 1 FROM ${table} WHERE version_num = ${literal(version)})`,
    ]
    return `SELECT ${literal(version)} WHERE ${conditions.join(' AND ')}`
  }
  const added = (ids: readonly string[], except: string) => {
    const rows = ids.map((id) =>
      isLast(
        versionOf(graph, id),
        later(id).filter((other) => other !== except),
      ),
    )
    return rows.length === 0
      ? []
      : [`versions_added AS (INSERT INTO ${table} (version_num) ${rows.join(' UNION ALL ')})`]
  }
  const removed = (ids: readonly string[]) => {
    const versions = ids.map((id) => versionOf(graph, id))
    return versions.length === 0
      ? []
      : [`versions_removed AS (DELETE FROM ${table} WHERE version_num = ANY (${literal(versions)}::text[]))`]
  }
  return {
    change: (direction, id) =>
      direction === 'upgrade'
        ? [...removed(before(id)), ...added([id], id)]
        : [...removed([id]), ...added(before(id), id)],
    set: (ids) => [`DELETE FROM ${table}`, ...inserted(table, versionsOf(graph, ids))],
  }
}

/** Alembic's table, as Alembic makes it. */
export function versionTableMade(table: string): string {
  return `CREATE TABLE IF NOT EXISTS ${table} (version_num varchar(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))`
}

/** What Alembic's table holds where these revisions are applied. */
export function versionsOf(graph: Graph, applied: ReadonlySet<string>): readonly string[] {
  return appliedHeads(graph, applied, { resolveDependencies: true }).map((id) => versionOf(graph, id))
}

function inserted(table: string, versions: readonly string[]): readonly string[] {
  if (versions.length === 0) return []
  return [
    `INSERT INTO ${table} (version_num) VALUES ${versions.map((version) => `(${literal(version)})`).join(', ')}`,
  ]
}

/** Alembic knows of no squashing: for it, the database stands at the last of what a revision replaces. */
function versionOf(graph: Graph, id: string): string {
  const last = graph.revisions.get(id)?.replaces.at(-1)
  return last === undefined ? id : (waysOf(last).at(-1)?.at(-1) ?? id)
}

/**
 * By id, what the ledger may hold that comes after it: the next ones, since with them all between are applied. Where something
 * below an applied revision is not, what comes later at all.
 */
function followers(graph: Graph, applied: readonly Applied[]): (id: string) => readonly string[] {
  const ids = new Set(applied.map(({ id }) => id))
  const hasGaps = [...ancestors(graph, ids)].some((id) => !ids.has(id))
  const recorded = (id: string) => [id, ...replacedIds(graph.revisions.get(id)?.replaces ?? [])]
  const withoutFile = applied.filter(({ id }) => !graph.revisions.has(id))
  return (id) => {
    const next = [...(graph.children.get(id) ?? []), ...(graph.dependents.get(id) ?? [])].map(
      (other) => other.id,
    )
    const known = hasGaps ? [...descendants(graph, [id])].filter((other) => other !== id) : next
    const lost = withoutFile
      .filter(({ downRevisions }) => downRevisions.includes(id))
      .map((other) => other.id)
    return [...new Set([...known.flatMap(recorded), ...lost])]
  }
}
