import type { Directive } from '../operations/operation.ts'
import type { Vocabulary } from '../operations/operations.ts'
import { revisionCode } from './revision-text.ts'
import type { NewRevision, RevisionText } from './template.ts'

/** A piece of a revision that is put together of others: directives, or the function of another file, as it is seen from the new one. */
export type SaidPiece = {
  /** Where it comes from, in a line. */
  readonly title: string
  readonly said: { readonly directives: readonly Directive[] } | { readonly file: string }
}

/** The functions of a revision that is put together of pieces, and what it has to import for that. `downgrade`: null where it is derived. */
export function piecesText(
  {
    upgrade,
    downgrade,
  }: { readonly upgrade: readonly SaidPiece[]; readonly downgrade: readonly SaidPiece[] | null },
  vocabulary: Vocabulary,
): Pick<NewRevision, 'upgrade' | 'downgrade' | 'imports' | 'parts'> {
  const files = [
    ...new Set([...upgrade, ...(downgrade ?? [])].flatMap(({ said }) => ('file' in said ? [said.file] : []))),
  ]
  const nameOf = (direction: string, file: string) => `${direction}${files.indexOf(file) + 1}`
  const body = (direction: string, pieces: readonly SaidPiece[]): RevisionText => ({
    code: pieces
      .filter(({ said }) => 'file' in said || said.directives.length > 0)
      .map(({ title, said }) => {
        const code =
          'file' in said
            ? `  await ${nameOf(direction, said.file)}(op)\n`
            : revisionCode(said.directives, vocabulary)
        return `  // ${title.replaceAll('\n', ' ')}\n${code}`
      })
      .join('\n'),
    sql: '',
    ...(pieces.some(({ said }) => 'file' in said) ? { awaits: true } : {}),
  })
  const imports = files.map((file) => {
    const names = [
      ...(isIn(upgrade, file) ? [`upgrade as ${nameOf('upgrade', file)}`] : []),
      ...(isIn(downgrade ?? [], file) ? [`downgrade as ${nameOf('downgrade', file)}`] : []),
    ]
    return `import { ${names.join(', ')} } from '${file}'`
  })
  return {
    upgrade: body('upgrade', upgrade),
    ...(downgrade === null ? {} : { downgrade: body('downgrade', downgrade) }),
    ...(files.length === 0 ? {} : { imports, parts: files }),
  }
}

function isIn(pieces: readonly SaidPiece[], file: string): boolean {
  return pieces.some(({ said }) => 'file' in said && said.file === file)
}
