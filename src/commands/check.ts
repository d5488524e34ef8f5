import { type Config, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { status } from './status.ts'
import { type Stoppable, untilStopped } from './stoppable.ts'

export type CheckReport = {
  readonly database: string
  /** What is not as it should be, a sentence each; empty where everything is. */
  readonly findings: readonly string[]
}

/**
 * Whether the database and the folder agree: one head, nothing pending, unfinished, edited or missing. Where the configuration declares a
 * schema, whether the revisions make it too.
 */
export async function check(config: Config = {}, options: Stoppable = {}): Promise<CheckReport> {
  const report = await status(config)
  const several =
    report.heads.length > 1 ? [`There are ${report.heads.length} heads: ${report.heads.join(', ')}.`] : []
  return {
    database: report.database,
    findings: [
      ...several,
      ...report.pending.map(({ id, message }) => `${id} is not applied: ${message}`),
      ...report.unfinished.map(
        (run) =>
          `The ${run.aborts ? 'abort' : run.direction} of ${run.revision} was begun and has not come to its end.`,
      ),
      ...report.edited.map(({ id, file }) => `${id} was edited after it was applied: ${file}`),
      ...report.missing.map((id) => `${id} is applied, but has no file.`),
      ...(await untilStopped(options, () => unmade(config, options))).map(
        (title) => `The revisions do not make the declared schema: ${title}`,
      ),
    ],
  }
}

/** What the revisions would still have to do, a line each. */
async function unmade(config: Config, options: Stoppable): Promise<readonly string[]> {
  const project = resolveProject(config, options)
  if (project.schema === null) return []
  const { missing } = await import('./autogenerate.ts')
  return missing(project, [...readGraph(project).revisions.values()])
}
