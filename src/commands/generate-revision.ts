import { LimbeckError } from '../error.ts'
import { ancestors } from '../graph/lineage.ts'
import { factsOf } from '../operations/operations.ts'
import { revisionText } from '../script/revision-text.ts'
import type { NewRevision } from '../script/template.ts'
import { type Against, type Downgrade, generate } from './autogenerate.ts'
import type { Config, Project } from './project.ts'
import type { PossibleRename } from './prove.ts'
import { type NewRevisionReport, prepareRevision, type RevisionOptions } from './revision.ts'

export type GenerateOptions = RevisionOptions & {
  /** Writes what loses rows or values too. */
  readonly allowLoss?: boolean
  /** What the declared schema is compared with. Default: what the revisions make, for which no database is asked. */
  readonly against?: Against
  /** What has another name now: `{ 'app.users.name': 'full_name' }`; null for what has not, and is to go. */
  readonly renames?: { readonly [from: string]: string | null }
}

/** null where there was nothing to write: the revisions make what is declared. */
export type GeneratedRevisionReport = NewRevisionReport & {
  /** What it does, a line each. */
  readonly does: readonly string[]
  /** What was taken for gone since `allowLoss` says so, and may only have another name. */
  readonly unclear: readonly PossibleRename[]
}

/** What would be written loses something. */
export class GeneratedLoss extends LimbeckError {
  readonly code = 'GENERATED_LOSS'
  readonly losses: readonly string[]

  constructor(losses: readonly string[]) {
    super(`What makes the declared schema loses ${losses.join(', ')}. Nothing was written.`, {
      hint: 'Say --allow-loss if that is meant, and --rename OLD=NEW where something only has another name now.',
    })
    this.losses = losses
  }
}

/**
 * Writes a revision with what makes of what the revisions before it make what the configuration declares as `schema`. It has been tried on
 * empty databases, there and back. No database of the project's is asked, unless it is to be tried beside it or compared with what is there.
 */
export async function generateRevision(
  config: Config = {},
  { allowLoss = false, renames = {}, against = 'revisions', ...options }: GenerateOptions = {},
): Promise<GeneratedRevisionReport | null> {
  const { project, graph, parents, write } = prepareRevision(config, options)
  const before = ancestors(graph, parents)
  const revisions = [...graph.revisions.values()].filter(({ id }) => before.has(id))
  const { upgrade, downgrade, unclear } = await generate(project, revisions, {
    against,
    told: Object.entries(renames).map(([from, to]) => ({ from, to })),
    // Who lets rows go has said so of these too; they are told of nevertheless.
    unclear: allowLoss ? 'drop' : 'refuse',
  })
  if (upgrade.length === 0) return null
  const losses = upgrade.flatMap((directive) => factsOf(directive).loses)
  if (losses.length > 0 && !allowLoss) throw new GeneratedLoss(losses)
  const report = write({ upgrade: revisionText(upgrade), ...downgradeText(downgrade, project, options) })
  return { ...report, does: upgrade.map((directive) => factsOf(directive).title), unclear }
}

/** What stands in the file of how it is undone: nothing where that is derived, which it is of code alone. */
function downgradeText(
  downgrade: Downgrade,
  { templates, template: usual }: Project,
  { template = usual }: RevisionOptions,
): Pick<NewRevision, 'downgrade' | 'irreversible'> {
  if ('irreversible' in downgrade) return { irreversible: downgrade.irreversible }
  const isSql = templates.find(({ name }) => name === template)?.extension.endsWith('.sql') === true
  return downgrade.derived && !isSql ? {} : { downgrade: revisionText(downgrade.directives) }
}
