import type { Observation } from '../trace/observation.ts'
import type { Block } from './blocks.ts'
import type { Changes } from './changes.ts'
import type { Hazard, HazardClass, Level } from './hazard.ts'
import type { TransactionMode } from './transactions.ts'
import type { Work } from './work.ts'

/** What a rule says of one statement; the rest of the hazard is the rule's. */
export type Finding = {
  /** Left out where the rule has one class. */
  readonly class?: HazardClass
  /** Left out where it is the rule's. */
  readonly level?: Level
  readonly message: string
  readonly evidence?: readonly string[]
  readonly recipe?: string | null
  readonly relations?: readonly string[]
  /** Left out where it takes no time that grows with the rows. */
  readonly work?: readonly Work[]
}

/** What a rule may know beside the statement itself. */
export type RuleContext = {
  /** All statements of the migration, in the order in which they run. */
  readonly all: readonly Observation[]
  /** How whoever runs it wraps it in transactions; null for a revision, whose stages say it. */
  readonly mode: TransactionMode | null
  /** Whether the statements were run; else what they do is told by their trees alone. */
  readonly isRun: boolean
  /** PostgreSQL's major version that it is for. */
  readonly major: number
  /** What the server that it is for can be asked to create; null where none was asked. */
  readonly extensions: ReadonlySet<string> | null
  /** What the statement keeps others from, and for how long. */
  readonly blocks: readonly Block[]
  readonly changes: Changes
  /** What other rules have found in the same statement before. */
  readonly found: readonly Hazard[]
}

/** SQL that is tried by the tests: with what there is before, and whether the rule finds something in it. */
export type RuleExample = {
  readonly given: string
  readonly sql: string
  /** PostgreSQL's major version that it is for, where that matters. */
  readonly major?: number
  readonly finds: boolean
}

/** One thing that can go wrong: what finds it, and its page. */
export type Rule = {
  /** As it stands in suppressions and in the configuration. */
  readonly name: string
  /** The first is its usual one. */
  readonly classes: readonly [HazardClass, ...HazardClass[]]
  readonly level: Level
  /** What it says hangs on what is there, and not on the statement alone. */
  readonly asksCatalog?: true
  /** In a line. */
  readonly title: string
  /** What happens to whom, and why PostgreSQL does it. */
  readonly problem: string
  readonly instead: string
  /** When it may be accepted. */
  readonly ignore: string
  find(observation: Observation, context: RuleContext): readonly Finding[]
  readonly examples: readonly RuleExample[]
}
