import type { Observation } from '../trace/observation.ts'
import { blocksOf } from './blocks.ts'
import { changesOf } from './changes.ts'
import type { Hazard, HazardClass } from './hazard.ts'
import type { Rule, RuleContext } from './rule.ts'

/** What the rules find in each statement of a migration. */
export function findHazards(
  all: readonly Observation[],
  {
    rules,
    mode,
    major,
    isRun,
    extensions,
  }: { readonly rules: readonly Rule[] } & Pick<RuleContext, 'mode' | 'major' | 'isRun' | 'extensions'>,
): ReadonlyMap<Observation, readonly Hazard[]> {
  return new Map(
    all.map((observation) => {
      const found: Hazard[] = []
      const known = {
        all,
        mode,
        major,
        isRun,
        extensions,
        blocks: blocksOf(observation),
        changes: changesOf(observation, all[0]?.before ?? observation.before),
      }
      for (const rule of rules) found.push(...hazardsOf(rule, observation, { ...known, found }))
      const stays = !isUndone(observation, all)
      return [observation, found.filter((hazard) => stays || !lasting.includes(hazard.class))]
    }),
  )
}

/** What nobody sees where the transaction does not come to its end. */
const lasting: readonly HazardClass[] = ['data-loss', 'breaks-old-code', 'hides-data']

function isUndone(observation: Observation, all: readonly Observation[]): boolean {
  const { transaction, isBlock } = observation
  if (observation.isUndone || isTakenBack(observation, all)) return true
  const last = all.findLast((one) => one.transaction === transaction)
  return isBlock && last?.error?.when === 'always'
}

/** By ROLLBACK TO a savepoint that was set before it. */
function isTakenBack({ statement, transaction }: Observation, all: readonly Observation[]): boolean {
  const its = all.filter((one) => one.transaction === transaction)
  const at = its.findIndex((one) => one.statement === statement)
  const savepoint = (one: Observation | undefined, kind: string) => {
    const { tree } = one?.statement.parsed ?? {}
    return tree?.kind === 'TransactionStmt' && tree.node['kind'] === kind
      ? String(tree.node['savepoint_name'])
      : null
  }
  const set = new Set(its.slice(0, at).map((one) => savepoint(one, 'TRANS_STMT_SAVEPOINT')))
  return its.slice(at + 1).some((one) => {
    const back = savepoint(one, 'TRANS_STMT_ROLLBACK_TO')
    return back !== null && set.has(back)
  })
}

/** Several findings of one class are several hazards. */
function hazardsOf(rule: Rule, observation: Observation, context: RuleContext): readonly Hazard[] {
  return rule.find(observation, context).map((finding) => ({
    rule: rule.name,
    class: finding.class ?? rule.classes[0],
    level: finding.level ?? rule.level,
    message: finding.message,
    evidence: finding.evidence ?? [],
    recipe: finding.recipe ?? null,
    relations: finding.relations ?? [],
    work: finding.work ?? [],
  }))
}
