import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
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
  return { directory: dirname(file), ...config }
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
