import { execute } from '../../operations/execute.ts'
import { revisionCode } from '../../script/revision-text.ts'
import type { NewRevision } from '../../script/template.ts'
import { type ForeignMigration, isConverted, type NotConverted, type SourcePart } from './format.ts'
import { serverSql } from './server-sql.ts'

/** A migration of another tool as a revision that can be written. */
export type ConvertedMigration = {
  readonly revision: NewRevision
  /** `ts` where its upgrade is not converted: such a file refuses before anything runs. */
  readonly template: 'sql' | 'ts'
  /** Of its file, without an extension. */
  readonly fileName: string
  readonly source: string
  readonly notConverted: readonly NotConverted[]
  /** The lines of the source on which BEGIN and COMMIT stood. */
  readonly transactionLines: readonly number[]
}

/** Migrations as revisions, each after the one before it; the first comes after `tip`, where there is one. */
export async function convertedMigrations(
  migrations: readonly ForeignMigration[],
  tip: string | null,
): Promise<readonly ConvertedMigration[]> {
  const converted: ConvertedMigration[] = []
  for (const [n, migration] of migrations.entries())
    converted.push(await convertedMigration(migration, migrations[n - 1]?.id ?? tip))
  return converted
}

async function convertedMigration(
  { id, fileName, message, createDate, upgrade, downgrade }: ForeignMigration,
  before: string | null,
): Promise<ConvertedMigration> {
  const up = await textOf(upgrade)
  const down = downgrade === null ? null : await textOf(downgrade)
  const header = {
    id,
    message,
    createDate,
    downRevisions: before === null ? [] : [before],
    branchLabels: [],
    dependsOn: [],
    phase: null,
  }
  const facts = {
    fileName,
    source: upgrade.file,
    notConverted: [up, down].flatMap((text) => (text !== null && 'reason' in text ? [text] : [])),
    transactionLines: [up, down].flatMap((text) =>
      text !== null && 'sql' in text ? text.transactionLines : [],
    ),
  }
  const way = downgradeOf(down)
  if ('reason' in up) {
    // What undoes code that nobody has written yet is not known either.
    const back = down === null ? {} : way
    const refusing = { code: refusal(up, isConverted(upgrade) ? upgrade : null), sql: '' }
    return { ...facts, template: 'ts', revision: { ...header, upgrade: refusing, ...back } }
  }
  return {
    ...facts,
    template: 'sql',
    revision: { ...header, upgrade: { code: '', sql: trimmed(up.sql) }, ...way },
  }
}

async function textOf(part: SourcePart | NotConverted) {
  return isConverted(part) ? serverSql(part) : part
}

function downgradeOf(
  down: Awaited<ReturnType<typeof textOf>> | null,
): Pick<NewRevision, 'downgrade' | 'irreversible'> {
  if (down === null) return { irreversible: 'what it was imported from has nothing that does.' }
  if ('reason' in down) return { irreversible: `${placeOf(down)}: ${down.reason}` }
  const sql = trimmed(down.sql)
  return { downgrade: { code: revisionCode([execute({ sql })]), sql } }
}

/** Without the empty lines around it. */
function trimmed(sql: string): string {
  const text = sql.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd()
  return text === '' ? '' : `${text}\n`
}

/** A function that refuses, above what it should do. */
function refusal(refused: NotConverted, source: SourcePart | null): string {
  const message = `${placeOf(refused)} was not converted: ${refused.reason} Write here what it does.`
  const lines = source === null ? [] : source.text.trimEnd().split('\n')
  return [
    ...lines.map((line) => `  // ${line}`.trimEnd()),
    `  throw new Error(${JSON.stringify(message)})`,
    '',
  ].join('\n')
}

function placeOf({ file, line }: NotConverted): string {
  return line === null ? file : `${file}:${line}`
}
