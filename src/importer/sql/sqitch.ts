import { changeIds, sqitch as sqitchTool } from '../../takeover/sqitch.ts'
import type { ForeignMigration, NotConverted, SourceFile, SqlFormat } from './format.ts'
import { type PlannedChange, plannedChanges } from './sqitch-plan.ts'
import { wholeFile, wholeFileIfAny } from './whole-file.ts'

const planFile = 'sqitch.plan'

/**
 * A plan, and for each change in it a script to deploy and one to revert. The plan's order is kept as it is: a change comes after
 * those that it requires. A change that was reworked has its earlier scripts under `NAME@TAG`.
 */
export const sqitch: SqlFormat = {
  tool: sqitchTool,
  detect: (files) => files.some(({ path }) => path === planFile),
  read(files) {
    const byPath = new Map(files.map((file) => [file.path, file]))
    const changes = plannedChanges(planFile, byPath.get(planFile)?.text ?? '')
    const ids = changeIds(changes.map(({ name }) => name))
    const checks = files.filter(({ path }) => path.startsWith('verify/')).length
    return {
      migrations: changes.map((change, n) => {
        const next = changes.findIndex(({ name }, at) => at > n && name === change.name)
        const reworked = next === -1 ? null : change.tags.slice(0, tagsBefore(changes, n, next))
        return migrationOf(change, { id: ids[n] ?? change.name, reworked, byPath })
      }),
      passedOver: [...(checks === 0 ? [] : [verifyScripts(checks)]), ...changes.flatMap(foreignRequirements)],
    }
  },
}

/** How many tags stand between a change and the one by which it was reworked. */
function tagsBefore(changes: readonly PlannedChange[], from: number, to: number): number {
  return (changes[from]?.tags.length ?? 0) - (changes[to]?.tags.length ?? 0)
}

function migrationOf(
  change: PlannedChange,
  {
    id,
    reworked,
    byPath,
  }: {
    readonly id: string
    /** The tags of which one names the earlier scripts; null for a change that was not reworked. */
    readonly reworked: readonly string[] | null
    readonly byPath: ReadonlyMap<string, SourceFile>
  },
): ForeignMigration {
  const script = (folder: string) => {
    const names = reworked === null ? [change.name] : reworked.map((tag) => `${change.name}@${tag}`)
    return names.map((name) => byPath.get(`${folder}/${name}.sql`)).find((file) => file !== undefined)
  }
  const deploy = script('deploy')
  const missing = {
    file: planFile,
    line: change.line,
    reason: `there is no script that deploys ${change.name}.`,
  }
  return {
    id,
    fileName: `${change.plannedAt.slice(0, 10)}_${id}`.replaceAll('/', '_'),
    message: change.note || change.name,
    createDate: change.plannedAt,
    upgrade: deploy === undefined ? missing : wholeFile(deploy),
    downgrade: wholeFileIfAny(script('revert')),
  }
}

function verifyScripts(count: number): NotConverted {
  return {
    file: 'verify',
    line: null,
    reason: `${count === 1 ? 'a script that checks a change' : `${count} scripts that check changes`}; "limbeck verify" proves revisions.`,
  }
}

function foreignRequirements({ name, foreign, line }: PlannedChange): readonly NotConverted[] {
  return foreign.map((required) => ({
    file: planFile,
    line,
    reason: `${name} requires ${required} of another project, which no revision says.`,
  }))
}
