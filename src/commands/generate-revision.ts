import { rmSync } from 'node:fs'
import { LimbeckError } from '../error.ts'
import { factsOf } from '../operations/operations.ts'
import { revisionText } from '../script/revision-text.ts'
import type { NewRevision } from '../script/template.ts'
import { generate } from './autogenerate.ts'
import type { Config, Project } from './project.ts'
import type { PossibleRename } from './prove.ts'
import type { Generated } from './proved-change.ts'
import { type NewRevisionReport, prepareRevision, type RevisionOptions } from './revision.ts'
import type { Against } from './sides.ts'
import { type Stoppable, untilStopped } from './stoppable.ts'
import type { Downgrade, GeneratedRevision } from './way-back.ts'

export type GenerateOptions = RevisionOptions &
  Stoppable & {
    /** Writes what loses rows or values too. */
    readonly allowLoss?: boolean
    /** What the declared schema is compared with. Default: what the revisions make, for which no database is asked. */
    readonly against?: Against
    /** Writes in two revisions what an application in use does not bear, for all tables. Default: as the configuration says. */
    readonly online?: boolean
    /** What has another name now: `{ 'app.users.name': 'full_name' }`; null for what has not, and is to go. */
    readonly renames?: { readonly [from: string]: string | null }
  }

/** null where there was nothing to write: the revisions make what is declared. */
export type GeneratedRevisionReport = GeneratedReport & {
  /** What is gone for good once it has run, a sentence each: only where `allowLoss` says so. */
  readonly losses: readonly string[]
  /** What a careful person wants to know before it runs where there are rows, a sentence each. */
  readonly hazards: readonly string[]
  /** What was taken for gone since `allowLoss` says so, and may only have another name. */
  readonly unclear: readonly PossibleRename[]
  /** The revision after it, for when no application of before is left; null where everything is in one. */
  readonly contract: GeneratedReport | null
}

type GeneratedReport = NewRevisionReport & {
  /** What it does, a line each. */
  readonly does: readonly string[]
  /** Why it cannot be undone; null where it can be. */
  readonly irreversible: string | null
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
  const { project: asSaid, before, write } = prepareRevision(config, options)
  const project = { ...asSaid, signal: options.signal }
  const online = options.online ?? project.autogenerate.online
  const { revisions, losses, hazards, unclear, isPartitioned } = await untilStopped(options, () =>
    generate(project, before, {
      against,
      told: Object.entries(renames).map(([from, to]) => ({ from, to })),
      // Who lets rows go has said so of these too; they are told of nevertheless.
      unclear: allowLoss ? 'drop' : 'refuse',
      online: typeof online === 'function' ? online : () => online,
    }),
  )
  const [first, second] = revisions
  if (first === undefined) return null
  if (losses.length > 0 && !allowLoss) throw new GeneratedLoss(losses)
  const textOf = ({ upgrade, downgrade }: GeneratedRevision) => ({
    upgrade: revisionText(upgrade, { isPartitioned }),
    ...downgradeText(downgrade, { project, options, isPartitioned }),
  })
  const report = { ...write(textOf(first)), does: titles(first), ...wayBack(first), losses, hazards, unclear }
  if (second === undefined) return { ...report, contract: null }
  try {
    const contract = prepareRevision(config, afterwards(options, report.id)).write(textOf(second))
    return { ...report, contract: { ...contract, does: titles(second), ...wayBack(second) } }
  } catch (error) {
    // Half of it would be worse than none.
    rmSync(report.file, { force: true })
    throw error
  }
}

/** Where and how the second of two revisions is written. */
function afterwards({ message, directory, template }: RevisionOptions, first: string): RevisionOptions {
  return {
    ...(directory === undefined ? {} : { directory }),
    ...(template === undefined ? {} : { template }),
    message: `${message ?? ''} (contract)`.trim(),
    heads: [first],
  }
}

function wayBack({ downgrade }: GeneratedRevision): { readonly irreversible: string | null } {
  return { irreversible: 'irreversible' in downgrade ? downgrade.irreversible : null }
}

function titles({ upgrade }: GeneratedRevision): readonly string[] {
  return upgrade.map((directive) => factsOf(directive).title)
}

/** What stands in the file of how it is undone: nothing where that is derived, which it is of code alone. */
function downgradeText(
  downgrade: Downgrade,
  {
    project: { templates, template: usual },
    options: { template = usual },
    isPartitioned,
  }: {
    readonly project: Project
    readonly options: RevisionOptions
    readonly isPartitioned: Generated['isPartitioned']
  },
): Pick<NewRevision, 'downgrade' | 'irreversible'> {
  if ('irreversible' in downgrade) return { irreversible: downgrade.irreversible }
  const isSql = templates.find(({ name }) => name === template)?.extension.endsWith('.sql') === true
  return downgrade.derived && !isSql
    ? {}
    : { downgrade: revisionText(downgrade.directives, { isPartitioned }) }
}
