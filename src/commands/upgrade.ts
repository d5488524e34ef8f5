import { upgradePath } from '../graph/path.ts'
import { parseSelector } from '../graph/selector.ts'
import { resolveTargets } from '../graph/targets.ts'
import { type EditedRevision, editedRevisions } from './edited.ts'
import { planAll } from './plan-all.ts'
import { type Config, resolveProject } from './project.ts'
import { type DoneRevision, refuseHalfDone, runAll, type TransactionMode } from './run-all.ts'
import { appliedIds, type RunOptions, readGraph, withSession } from './session.ts'

export type UpgradeOptions = RunOptions & {
  /** A selector: `head`, `heads`, an id, `+2`, `label@head`. Default: `head`. */
  readonly to?: string
  /** One transaction a revision (the default), or one for everything that is pending. */
  readonly transaction?: TransactionMode
}

export type UpgradeReport = {
  readonly database: string
  readonly applied: readonly DoneRevision[]
  /** Applied files that were edited since. */
  readonly edited: readonly EditedRevision[]
  readonly milliseconds: number
}

/** Applies what is pending, up to a target. Everything is planned before anything runs. */
export async function upgrade(config: Config = {}, options: UpgradeOptions = {}): Promise<UpgradeReport> {
  const began = performance.now()
  const project = resolveProject(config)
  const graph = readGraph(project)
  return withSession(project, options, async (session) => {
    const applied = appliedIds(session.state)
    const targets = resolveTargets(graph, parseSelector(options.to ?? 'head'), {
      applied,
      direction: 'upgrade',
    })
    const pending = upgradePath(graph, { applied, targets })
    refuseHalfDone(session.state, 'upgrade')
    const plans = await planAll(pending, 'upgrade', session.connection)
    const done = await runAll(session, plans, options.transaction ?? 'revision')
    return {
      database: session.connection.database,
      applied: done,
      edited: editedRevisions(graph, session.state),
      milliseconds: performance.now() - began,
    }
  })
}
