import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { AlembicConfig } from '../commands/alembic-config.ts'
import type { Autogenerate } from '../commands/autogenerate-options.ts'
import type { LintConfig } from '../commands/lint-config.ts'
import type { Config } from '../commands/project.ts'
import { LimbeckError } from '../error.ts'
import { importModule } from '../script/import-module.ts'

const names = ['limbeck.config.ts', 'limbeck.config.mts', 'limbeck.config.js', 'limbeck.config.mjs']

/** The config file cannot be used. */
export class ConfigFileBroken extends LimbeckError {
  readonly code = 'CONFIG_FILE_BROKEN'
  readonly file: string

  constructor(file: string, reason: string, cause?: unknown) {
    super(`${file}: ${reason}`, {
      hint: 'It has to export an object: export default { … } satisfies Config.',
      cause,
    })
    this.file = file
  }
}

/** Reads the config file that is named, or the nearest one from a directory upwards; an empty one if there is none. */
export async function readConfigFile(start: string, named: string | undefined): Promise<Config> {
  const file = named === undefined ? findFile(start) : resolve(start, named)
  if (file === null) return {}
  if (!existsSync(file)) throw new ConfigFileBroken(file, 'there is no such file.')
  const config = await importConfig(file)
  if (typeof config !== 'object' || config === null)
    throw new ConfigFileBroken(file, 'it has no default export.')
  for (const [name, value] of Object.entries(config)) checkSetting(file, name, value)
  // Every setting has just been looked at.
  const checked = config as Config
  return { ...checked, directory: resolve(dirname(file), checked.directory ?? '.') }
}

type Setting = { readonly name: string; accepts(value: unknown): boolean }

const text: Setting = { name: 'a text', accepts: (value: unknown) => typeof value === 'string' }
const number: Setting = { name: 'a number', accepts: (value: unknown) => typeof value === 'number' }
const seconds: Setting = {
  name: 'a number of seconds above 0',
  accepts: (value: unknown) => typeof value === 'number' && value > 0,
}
const texts: Setting = {
  name: 'a text or several',
  accepts: (value: unknown) => [value].flat().every((one) => text.accepts(one)),
}

const operations: Setting = {
  name: 'a list of operations, each made with operation(…)',
  accepts: (value: unknown) =>
    Array.isArray(value) &&
    value.every((one) => one instanceof Object && 'kind' in one && 'definition' in one),
}

const throttleNames = new Set([
  'waitingSessions',
  'replicaLag',
  'slotLag',
  'walRate',
  'archiveQueue',
  'vacuums',
  'activeSessions',
  'oldestSnapshot',
])
const throttle: Setting = {
  name: `an object of thresholds, such as { replicaLag: { wait: 5, stop: 60 } }, each one of ${[...throttleNames].join(', ')}, own`,
  accepts: (value: unknown) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(([name, one]) =>
      name === 'own' ? Array.isArray(one) : throttleNames.has(name) && typeof one?.wait === 'number',
    ),
}
const templates: Setting = {
  name: 'a list of templates, each { name, summary, extension, render(revision) { … } }',
  accepts: (value: unknown) =>
    Array.isArray(value) && value.every((one) => typeof one?.render === 'function'),
}
const hookNames = new Set([
  'beforeRun',
  'afterRun',
  'beforeRevision',
  'afterRevision',
  'beforeStage',
  'afterStage',
])
const hooks: Setting = {
  name: `an object of functions, each one of ${[...hookNames].join(', ')}`,
  accepts: (value: unknown) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(([name, hook]) => hookNames.has(name) && typeof hook === 'function'),
}

const schema: Setting = {
  name: 'files of SQL, { command }, { database }, { make }, or a function that gives SQL',
  accepts: (value: unknown) =>
    texts.accepts(value) ||
    typeof value === 'function' ||
    (value instanceof Object &&
      (('command' in value && text.accepts(value.command)) ||
        ('database' in value && text.accepts(value.database)) ||
        ('make' in value && typeof value.make === 'function'))),
}

const autogenerateKinds: { readonly [Name in keyof Required<Autogenerate>]: (value: unknown) => boolean } = {
  owners: (value) => typeof value === 'boolean',
  privileges: (value) => typeof value === 'boolean',
  include: (value) => typeof value === 'function' || (Array.isArray(value) && texts.accepts(value)),
  exclude: (value) => typeof value === 'function' || (Array.isArray(value) && texts.accepts(value)),
  shadow: (value) =>
    value === 'embedded' ||
    value === 'beside' ||
    (typeof value === 'string' && /^postgres(ql)?:/.test(value)),
  online: (value) => typeof value === 'boolean' || typeof value === 'function',
}
const autogenerate: Setting = {
  name: `an object with any of ${Object.keys(autogenerateKinds).join(', ')}`,
  accepts: (value: unknown) =>
    value instanceof Object &&
    Object.entries(value).every(([name, one]) =>
      Object.entries(autogenerateKinds).some(([known, accepts]) => known === name && accepts(one)),
    ),
}

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== ''
const upgradeLints = ['refuse', 'warn', 'off']
const lintLevels = ['error', 'warning', 'advice', 'off']
const lintKinds: { readonly [Name in keyof Required<LintConfig>]: (value: unknown) => boolean } = {
  upgrade: (value) => upgradeLints.includes(String(value)),
  downgrade: (value) => upgradeLints.includes(String(value)),
  rules: (value) =>
    value instanceof Object && Object.values(value).every((level) => lintLevels.includes(String(level))),
  own: (value) => Array.isArray(value) && value.every((one) => typeof one?.find === 'function'),
  queries: (value) => isText(value) || (Array.isArray(value) && value.every(isText)),
  accept: (value) => Array.isArray(value) && value.every((one) => isText(one?.rule) && isText(one?.reason)),
}
const lint: Setting = {
  name: "'refuse', 'warn', 'off', or an object with any of upgrade, downgrade, rules, own, queries, accept: [{ rule, reason }]",
  accepts: (value: unknown) =>
    upgradeLints.includes(String(value)) ||
    (value instanceof Object &&
      Object.entries(value).every(([name, one]) =>
        Object.entries(lintKinds).some(([known, accepts]) => known === name && accepts(one)),
      )),
}

const verify: Setting = {
  name: 'an object with accept: [{ verification, revision, reason }]',
  accepts: (value: unknown) =>
    value instanceof Object &&
    Object.entries(value).every(
      ([name, all]) =>
        name === 'accept' &&
        Array.isArray(all) &&
        all.every((one) => isText(one?.verification) && isText(one?.reason)),
    ),
}
const alembicKinds: { readonly [Name in keyof Required<AlembicConfig>]: (value: unknown) => boolean } = {
  versionTable: isText,
  versionTableSchema: isText,
  keepVersionTable: (value) => typeof value === 'boolean',
}
const alembic: Setting = {
  name: `an object with any of ${Object.keys(alembicKinds).join(', ')}`,
  accepts: (value: unknown) =>
    value instanceof Object &&
    Object.entries(value).every(([name, one]) =>
      Object.entries(alembicKinds).some(([known, accepts]) => known === name && accepts(one)),
    ),
}
const otherTools: Setting = {
  name: "'refuse' or 'ignore'",
  accepts: (value: unknown) => value === 'refuse' || value === 'ignore',
}

const settings: { readonly [Name in keyof Required<Config>]: Setting } = {
  directory: text,
  migrations: texts,
  database: text,
  ledgerSchema: text,
  lockTimeout: number,
  lockAttempts: number,
  terminateBlockersAfter: seconds,
  leaseWait: number,
  frozenAfter: number,
  batchMilliseconds: number,
  batchRows: number,
  throttle,
  operations,
  hooks,
  templates,
  template: text,
  afterWrite: texts,
  schema,
  autogenerate,
  lint,
  verify,
  alembic,
  otherTools,
}

/** A misspelt setting would be passed over, and the wrong database migrated. The value may be a secret: it is not shown. */
function checkSetting(file: string, name: string, value: unknown): void {
  const setting = Object.hasOwn(settings, name) ? settings[name as keyof Config] : undefined
  if (setting === undefined) throw new ConfigFileBroken(file, `there is no setting "${name}".`)
  if (value !== undefined && !setting.accepts(value))
    throw new ConfigFileBroken(file, `"${name}" has to be ${setting.name}.`)
}

function findFile(start: string): string | null {
  for (let directory = resolve(start); ; directory = dirname(directory)) {
    const found = names.map((name) => join(directory, name)).find((file) => existsSync(file))
    if (found !== undefined) return found
    if (dirname(directory) === directory) return null
  }
}

async function importConfig(file: string): Promise<unknown> {
  try {
    return (await importModule(file))['default']
  } catch (error) {
    throw new ConfigFileBroken(file, error instanceof Error ? error.message : String(error), error)
  }
}
