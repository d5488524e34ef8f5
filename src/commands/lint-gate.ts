import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import type { Graph } from '../graph/graph.ts'
import { ancestors } from '../graph/lineage.ts'
import type { Hazard } from '../lint/hazard.ts'
import { isSuspicious } from '../lint/suspicion.ts'
import { factsOf } from '../operations/operations.ts'
import { inlineSql } from '../sql/tag.ts'
import { withBegunThread } from './begun-thread.ts'
import type { LintedStatement } from './lint.ts'
import type { LoadedPlan } from './plan-all.ts'
import type { Project } from './project.ts'

type Answer = 'refuse' | 'warn' | 'off'

type Danger = Pick<LintedStatement, 'file' | 'line' | 'revision'> & {
  readonly rule: string
  readonly message: string
}

/** What is pending was found to be dangerous, and nobody has accepted it. */
export class HazardsRefused extends LimbeckError {
  readonly code = 'HAZARDS_REFUSED'
  readonly hazards: readonly Danger[]

  constructor(hazards: readonly Danger[]) {
    const lines = hazards.map(({ file, line, message, rule }) => `  ${file}:${line}: ${message} (${rule})`)
    super(`What is pending is dangerous, and nothing was run:\n${lines.join('\n')}`, {
      hint: '"limbeck lint" says what to write instead. Where it is meant, accept it with the reason: { accept: { rule: \'…\' } } behind the fields of the directive, or a comment before the SQL: -- limbeck: accept rule reason.',
    })
    this.hazards = hazards
  }
}

type Pending = {
  readonly graph: Graph
  readonly plans: readonly LoadedPlan[]
  /** The database that it is for. */
  readonly connection: Connection
  /** Revisions that are half done, and have to come to their end. */
  readonly begun: ReadonlySet<string>
}

/**
 * Looks at what is pending before any of it runs: refuses what is dangerous, or warns of it, as the project says. What is all Limbeck's own or
 * changes the catalog alone is not tried. Where it cannot be tried, that is said, and it runs.
 */
export async function withoutHazards(
  project: Project,
  { graph, plans, begun, connection }: Pending,
): Promise<readonly LoadedPlan[]> {
  const isWayBack = plans[0]?.planned.direction === 'downgrade'
  const answer = isWayBack ? answerToDowngrade(project) : answerToUpgrade(project)
  if (answer === 'off' || (!isWayBack && isFirst(graph, plans))) return plans
  return withBegunThread(project, plans.some(isTriedPerhaps), async () =>
    (await someSuspicious(plans)) ? looked(project, { graph, plans, begun, connection, answer }) : plans,
  )
}

/** What is tried takes an embedded database, which begins before it is known whether there is anything to try. */
function isTriedPerhaps({ planned }: LoadedPlan): boolean {
  return planned.steps.flat().some(({ handwritten }) => handwritten)
}

async function looked(
  project: Project,
  { graph, plans, begun, connection, answer }: Pending & { readonly answer: Exclude<Answer, 'off'> },
): Promise<readonly LoadedPlan[]> {
  const { lintPlans } = await import('./lint.ts')
  const { readTarget } = await import('./lint-target.ts')
  const target = await readTarget(connection, project)
  const found = await lintPlans(project, { graph, plans, target }).catch((error: unknown) => {
    if (error instanceof LimbeckError) return error
    throw error
  })
  if (found instanceof LimbeckError)
    return withWarnings(plans, () => [`it was not looked at for hazards: ${found.message}`])
  const dangers = found.statements.flatMap(({ file, line, revision, hazards }) =>
    hazards
      .filter((hazard) => isFelt(hazard) && !begun.has(revision ?? ''))
      .map(({ rule, message }): Danger => ({ file, line, revision, rule, message })),
  )
  if (dangers.length === 0) return plans
  if (answer === 'refuse') throw new HazardsRefused(dangers)
  return withWarnings(plans, (id) =>
    dangers
      .filter(({ revision }) => revision === id)
      .map(({ line, message, rule }) => `line ${line}: ${message} (${rule})`),
  )
}

function answerToUpgrade({ lint: { upgrade }, address }: Project): Answer {
  return upgrade ?? (address.type === 'server' ? 'refuse' : 'warn')
}

/** Who goes back is mostly in a hurry, and knows why: it is said what waits, and it goes on. */
function answerToDowngrade({ lint: { downgrade }, address }: Project): Answer {
  return downgrade ?? (address.type === 'server' ? 'warn' : 'off')
}

/** Whether nothing comes before: then whatever they lock they have made themselves, and nobody uses it yet. */
function isFirst(graph: Graph, plans: readonly LoadedPlan[]): boolean {
  const ids = plans.map(({ planned }) => planned.revision.id)
  const pending = new Set(ids)
  return [...ancestors(graph, ids)].every((id) => pending.has(id))
}

async function someSuspicious(plans: readonly LoadedPlan[]): Promise<boolean> {
  for (const { planned, vocabulary } of plans) {
    const rewrites = planned.directives.some(
      ({ directive }) => factsOf(directive, vocabulary).rewrites.length > 0,
    )
    if (rewrites) return true
    for (const step of planned.steps.flat()) {
      if (!step.handwritten || step.run === 'backfill') continue
      const { parseStatements } = await import('../sql/statements.ts')
      const text = step.run === 'procedure' ? step.procedure.preview.join(';\n') : inlineSql(step.sql)
      if ((await parseStatements(text)).some(isSuspicious)) return true
    }
  }
  return false
}

function withWarnings(
  plans: readonly LoadedPlan[],
  warnings: (revision: string) => readonly string[],
): readonly LoadedPlan[] {
  return plans.map((plan) => {
    const { planned } = plan
    return { ...plan, planned: { ...planned, warns: [...planned.warns, ...warnings(planned.revision.id)] } }
  })
}

/** What fails is refused by PostgreSQL itself, which knows the rows and all that is there, and nothing is half done. */
function isFelt({ level, class: kind }: Hazard): boolean {
  return level === 'error' && kind !== 'fails-always' && kind !== 'fails-on-data'
}
