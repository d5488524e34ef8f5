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
    rows,
    extensions,
  }: { readonly rules: readonly Rule[] } & Pick<RuleContext, 'mode' | 'major' | 'rows' | 'extensions'>,
): ReadonlyMap<Observation, readonly Hazard[]> {
  return new Map(
    all.map((observation) => {
      const found: Hazard[] = []
      const known = {
        all,
        mode,
        major,
        rows,
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

function isUndone({ transaction, isBlock, isUndone }: Observation, all: readonly Observation[]): boolean {
  if (isUndone) return true
  const last = all.findLast((one) => one.transaction === transaction)
  return isBlock && last?.error?.when === 'always'
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
