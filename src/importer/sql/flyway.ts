import { compareVersions, flyway as flywayTool, repeatableId, versionId } from '../../takeover/flyway.ts'
import { messageOf, sortedBy, stemOf } from './file-name.ts'
import { flywayChecksum } from './flyway-checksum.ts'
import {
  type ForeignMigration,
  isConverted,
  type NotConverted,
  type ReadOptions,
  type SourceFile,
  type SourcePart,
  type SqlFormat,
} from './format.ts'
import { withPlaceholders } from './placeholders.ts'

const fileName = /(?:^|\/)(?:([VUB])(\d+(?:[._]\d+)*)|(R))(?:__([^/]*))?\.(sql|java|kt|class)$/

/**
 * `V1.2__name.sql` a version, `U1.2__name.sql` what undoes it, `R__name.sql` what is run again once it has changed, `B1.2__name.sql` what
 * makes all up to a version. What is repeatable comes after all versions; its id has the checksum, so that a changed one is another revision.
 */
export const flyway: SqlFormat = {
  tool: flywayTool,
  detect: (files) => files.some(({ path }) => fileName.test(path) && path.endsWith('.sql')),
  read(files, options) {
    const scripts = files.filter(({ path }) => fileName.test(path)).map((file) => scriptOf(file, files))
    const of = (kind: string) => scripts.filter((script) => script.kind === kind)
    const versioned = withBaselines(of('V'), of('B')).sort((a, b) => compareVersions(a.version, b.version))
    const undo = new Map(of('U').map((script) => [script.version, script]))
    const repeatable = sortedBy(of('R'), ({ words }) => words)
    const used = new Set([...versioned, ...repeatable, ...undo.values()].map(({ file }) => file))
    return {
      migrations: [
        ...versioned.map((script) => versionedMigration(script, undo.get(script.version), options)),
        ...repeatable.map((script) => repeatableMigration(script, options)),
      ],
      passedOver: files
        .filter((file) => file.path.endsWith('.sql') && !used.has(file))
        .map(({ path }) => ({ file: path, line: null, reason: reasonToPass(path) })),
    }
  },
}

type Script = {
  readonly file: SourceFile
  readonly kind: string
  /** As Flyway compares it; empty for what is repeatable. */
  readonly version: string
  readonly words: string
  /** Of the file beside it that ends with `.conf`. */
  readonly settings: ReadonlyMap<string, string>
}

function scriptOf(file: SourceFile, files: readonly SourceFile[]): Script {
  const [, kind, version = '', repeatable, words = ''] = fileName.exec(file.path) ?? []
  const conf = files.find(({ path }) => path === `${file.path}.conf`)?.text ?? ''
  const settings = conf.split('\n').flatMap((line): [string, string][] => {
    const [name = '', value] = line.split(/=(.*)/s, 2)
    return value === undefined || name.trimStart().startsWith('#') ? [] : [[name.trim(), value.trim()]]
  })
  return {
    file,
    kind: kind ?? repeatable ?? '',
    version: version === '' ? '' : versionId(version),
    words,
    settings: new Map(settings),
  }
}

/** A script that makes all up to a version counts where the scripts that make it version by version are gone. */
function withBaselines(versioned: readonly Script[], baselines: readonly Script[]): Script[] {
  const newest = [...baselines].sort((a, b) => compareVersions(b.version, a.version))[0]
  const isMadeOtherwise = versioned.some(
    (script) => newest !== undefined && compareVersions(script.version, newest.version) <= 0,
  )
  return [...versioned, ...(newest === undefined || isMadeOtherwise ? [] : [newest])]
}

function versionedMigration(
  script: Script,
  undo: Script | undefined,
  options: ReadOptions,
): ForeignMigration {
  return {
    id: script.version,
    fileName: stemOf(script.file.path),
    message: messageOf(script.words) || script.version,
    createDate: null,
    upgrade: partOf(script, options),
    downgrade: undo === undefined ? null : partOf(undo, options),
  }
}

function repeatableMigration(script: Script, options: ReadOptions): ForeignMigration {
  const upgrade = partOf(script, options)
  const checksum = flywayChecksum(isConverted(upgrade) ? upgrade.text : (script.file.text ?? ''))
  const id = repeatableId(script.words.replaceAll('_', ' '), checksum)
  return {
    id,
    fileName: `${stemOf(script.file.path)}_${id.slice(-8)}`,
    message: messageOf(script.words),
    createDate: null,
    upgrade,
    downgrade: null,
  }
}

function partOf({ file, settings }: Script, { placeholders }: ReadOptions): SourcePart | NotConverted {
  const { path, text } = file
  if (text === null) return { file: path, line: null, reason: 'it is Java or Kotlin.' }
  const condition = settings.get('shouldExecute')
  if (condition !== undefined)
    return { file: path, line: null, reason: `${path}.conf runs it only where "${condition}" holds.` }
  if (settings.get('placeholderReplacement') === 'false') return { file: path, line: 1, text }
  const replaced = withPlaceholders(text, placeholders)
  return typeof replaced === 'string' ? { file: path, line: 1, text: replaced } : { file: path, ...replaced }
}

function reasonToPass(path: string): string {
  if (/(?:^|\/)(?:before|after|create)[A-Z]\w*(?:__[^/]*)?\.sql$/.test(path))
    return 'it is a callback of Flyway; "hooks" in the config file are Limbeck\'s.'
  if (/(?:^|\/)B\d/.test(path)) return 'the versions up to it are there themselves.'
  if (/(?:^|\/)U\d/.test(path)) return 'it undoes a version that is not there.'
  return 'its name is none of Flyway: V1__name.sql, R__name.sql.'
}
