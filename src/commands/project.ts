import { join, resolve } from 'node:path'
import { defaultPace } from '../backfill/pace.ts'
import { type BackfillSettings, defaultBackfillSettings } from '../backfill/settings.ts'
import type { Throttle } from '../backfill/throttle.ts'
import { type DatabaseAddress, parseDatabaseUrl } from '../connection/address.ts'
import { defaultLockPatience, type LockPatience } from '../connection/retry.ts'
import { LimbeckError } from '../error.ts'
import type { Hooks } from '../migrate/hooks.ts'
import type { WatchOptions } from '../migrate/watch.ts'
import type { OwnOperation } from '../operations/operations.ts'
import { allTemplates, type Template } from '../script/template.ts'
import { foreignObjects } from '../takeover/tools.ts'
import type { AlembicConfig } from './alembic-config.ts'
import { type Autogenerate, defaultAutogenerate } from './autogenerate-options.ts'
import { chosenToo } from './chosen-objects.ts'
import type { DeclaredSchema } from './declared-schema.ts'
import type { LintConfig } from './lint-config.ts'
import type { Stoppable } from './stoppable.ts'
import type { VerifyConfig } from './verify/verify-config.ts'

/** The configuration: what `limbeck.config.ts` exports, and what each function of the library takes. All of it may be left out. */
export type Config = {
  /** Where relative paths start; the current directory by default, the config file's for one that was read from there. */
  readonly directory?: string
  /** One folder of revisions or several, searched with their subfolders. Default: `migrations`. */
  readonly migrations?: string | readonly string[]
  /**
   * `postgres://user@host:5432/name`, or `pglite:DIRECTORY` for the embedded database. Default: the environment's
   * `DATABASE_URL` on the command line, else an embedded one in `.limbeck/database`.
   */
  readonly database?: string
  /** The schema of Limbeck's own tables. Default: `limbeck`. */
  readonly ledgerSchema?: string
  /** Milliseconds that a statement stands in line for a lock before it steps back and is tried again. Default: 500. */
  readonly lockTimeout?: number
  /** How often a stage is tried while its locks are not to be had. Default: 40, about five minutes. */
  readonly lockAttempts?: number
  /**
   * Seconds after which a session that keeps a statement from its lock is ended (pg_terminate_backend), counted over all
   * attempts. Default: none is ever ended.
   */
  readonly terminateBlockersAfter?: number
  /** Seconds to wait for another runner to end. Default: 3600. */
  readonly leaseWait?: number
  /** Milliseconds that a backfill's batch should take. Default: 75. */
  readonly batchMilliseconds?: number
  /** Rows of a backfill's first batch; the next ones follow the time that it takes. Default: 1000. */
  readonly batchRows?: number
  /** What backfills look at between their batches, and when they wait or stop. */
  readonly throttle?: Throttle
  /**
   * Seconds after which a backfill's worker that does not move any more is taken for frozen: another one ends its session and
   * takes over its range. Longer than a transform or a `process` may take for a batch. Default: 60.
   */
  readonly frozenAfter?: number
  /** Operations of the project's own, made with `operation(…)`, beside Limbeck's. */
  readonly operations?: readonly OwnOperation[]
  /** What the project does before and after a run, a revision, a stage. */
  readonly hooks?: Hooks
  /** Ways to write new revisions, beside `ts`, `js` and `sql`. */
  readonly templates?: readonly Template[]
  /** The template that is used where none is named. Default: `ts`. */
  readonly template?: string
  /** Which schema there is to be: what `revision --autogenerate` and `check` compare the revisions with. */
  readonly schema?: DeclaredSchema
  /** What is compared, and where. */
  readonly autogenerate?: Autogenerate
  /** What `limbeck lint` finds, and whether `upgrade` refuses what it finds dangerous. */
  readonly lint?: LintConfig | LintConfig['upgrade']
  /** What `limbeck verify` finds and is taken. */
  readonly verify?: VerifyConfig
  /** Where Alembic keeps its heads, and whether they are kept in step; for a database that is taken over from it. */
  readonly alembic?: AlembicConfig
  /**
   * What `upgrade` does with a database of which the ledger knows nothing and in which another tool has applied migrations: it refuses it,
   * or takes the other tool's table for that of something else. Default: `refuse`.
   */
  readonly otherTools?: 'refuse' | 'ignore'
  /** Commands for the shell that are run on a new revision's file, such as `npx biome format --write {file}`. */
  readonly afterWrite?: readonly string[]
}

/** A setting has a value that cannot be meant. */
export class InvalidSetting extends LimbeckError {
  readonly code = 'INVALID_SETTING'
  readonly setting: keyof Config

  constructor(setting: keyof Config, wanted: string, value: unknown) {
    super(`"${setting}" has to be ${wanted}, not ${String(value)}.`, {
      hint: 'Correct it in the configuration, or leave it out.',
    })
    this.setting = setting
  }
}

/** The configuration with nothing left open. */
export type Project = {
  readonly directory: string
  readonly migrations: readonly string[]
  readonly address: DatabaseAddress
  readonly ledgerSchema: string
  readonly patience: LockPatience
  readonly terminateBlockersAfter: number | null
  readonly backfills: BackfillSettings
  readonly leaseWaitMilliseconds: number
  readonly operations: readonly OwnOperation[]
  readonly hooks: Hooks
  readonly templates: readonly Template[]
  readonly template: string
  readonly afterWrite: readonly string[]
  readonly schema: DeclaredSchema | null
  readonly autogenerate: Required<Autogenerate>
  readonly lint: LintConfig
  readonly verify: VerifyConfig
  readonly alembic: AlembicConfig
  readonly otherTools: 'refuse' | 'ignore'
} & Stoppable

/** Fills in the defaults and makes paths absolute. */
export function resolveProject(config: Config, { signal }: Stoppable = {}): Project {
  const directory = resolve(config.directory ?? '.')
  const folders = [config.migrations ?? 'migrations'].flat()
  return {
    directory,
    signal,
    migrations: folders.map((folder) => resolve(directory, folder)),
    address: databaseAddress(config.database, directory),
    ledgerSchema: config.ledgerSchema ?? 'limbeck',
    patience: {
      ...defaultLockPatience,
      lockTimeout: config.lockTimeout ?? defaultLockPatience.lockTimeout,
      attempts: config.lockAttempts ?? defaultLockPatience.attempts,
    },
    terminateBlockersAfter: blockersTime(config),
    backfills: backfillSettings(config),
    operations: config.operations ?? [],
    hooks: config.hooks ?? {},
    templates: allTemplates(config.templates ?? []),
    template: config.template ?? 'ts',
    afterWrite: config.afterWrite ?? [],
    schema: config.schema ?? null,
    autogenerate: withoutForeign({ ...defaultAutogenerate, ...config.autogenerate }, config),
    lint: typeof config.lint === 'string' ? answered(config.lint) : (config.lint ?? {}),
    verify: config.verify ?? {},
    alembic: config.alembic ?? {},
    otherTools: config.otherTools ?? 'refuse',
    leaseWaitMilliseconds: (config.leaseWait ?? 3600) * 1000,
  }
}

/** The tables in which other tools keep their versions are no part of the schema, as long as they are taken for what they look like. */
function withoutForeign(
  autogenerate: Required<Autogenerate>,
  { otherTools, alembic }: Config,
): Required<Autogenerate> {
  if (otherTools === 'ignore') return autogenerate
  const named = alembic?.versionTable === undefined ? [] : [`*.${alembic.versionTable}`]
  return { ...autogenerate, exclude: chosenToo(autogenerate.exclude, [...foreignObjects(), ...named]) }
}

/** What is not a number would be taken for no time at all, and sessions ended at once. */
function blockersTime({ terminateBlockersAfter: seconds }: Config): number | null {
  if (seconds === undefined) return null
  if (!(seconds > 0))
    throw new InvalidSetting('terminateBlockersAfter', 'a number of seconds above 0', seconds)
  return seconds
}

/** What a run's watch has to know of the project. */
export function watchOptions({ terminateBlockersAfter, patience }: Project): WatchOptions {
  return { terminateBlockersAfter, lockTimeout: patience.lockTimeout }
}

function backfillSettings({ batchRows, batchMilliseconds, throttle, frozenAfter }: Config): BackfillSettings {
  const { rangeRows, throttle: usual, frozenAfterSeconds } = defaultBackfillSettings
  const firstBatch = batchRows ?? defaultPace.firstBatch
  const targetMilliseconds = batchMilliseconds ?? defaultPace.targetMilliseconds
  return {
    pace: { ...defaultPace, firstBatch, targetMilliseconds },
    rangeRows: (firstBatch * rangeRows) / defaultPace.firstBatch,
    throttle: { ...usual, ...throttle },
    frozenAfterSeconds: frozenAfter ?? frozenAfterSeconds,
  }
}

/** The address that a URL says, `pglite:` with a directory that starts at the project's; without one, the project's own embedded database. */
export function databaseAddress(url: string | undefined, directory: string): DatabaseAddress {
  if (url === undefined) return { type: 'embedded', directory: join(directory, '.limbeck', 'database') }
  if (!url.startsWith('pglite:')) return parseDatabaseUrl(url)
  return { type: 'embedded', directory: resolve(directory, url.slice('pglite:'.length)) }
}

/** One word is about upgrades; that nothing is looked at holds of both ways. */
function answered(upgrade: NonNullable<LintConfig['upgrade']>): LintConfig {
  return upgrade === 'off' ? { upgrade, downgrade: 'off' } : { upgrade }
}
