import { readFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import type { Graph } from '../graph/graph.ts'
import { entryOf } from '../graph/replaces.ts'
import type { Phase, Revision } from '../graph/revision.ts'
import { NotARun } from '../graph/run.ts'
import { vocabularyWith } from '../operations/operations.ts'
import { scanHeader } from '../script/header.ts'
import { piecesText, type SaidPiece } from '../script/pieces-text.ts'
import { homeOf, isSetAside, type Move, setAsideTo } from '../script/set-aside.ts'
import { type NewRevision, type Template, templates } from '../script/template.ts'
import { revisionPath } from '../script/write.ts'
import type { Project } from './project.ts'
import type { LoadedRevision, Piece, PieceText, ReadRun } from './squash-pieces.ts'

/** How what replaces a run is undone: by the inverse of what it says, by what undoes each of its pieces, or not at all. */
export type Undoing = 'derived' | 'piece by piece' | { readonly irreversible: string }

/** What is to replace a run, as it may be written. */
export type Draft = {
  /** As the graph will have it. */
  readonly revision: Revision
  readonly file: string
  readonly moves: readonly Move[]
  /** The files of the run that stay where they are. */
  readonly staying: readonly string[]
  /** The text of its file once the others are moved. */
  text(undoing: Undoing): string
  /** A name that nobody reads in the folder where it will stand, and the text that can be run from there before anything is moved. */
  trial(undoing: Undoing): { readonly file: string; readonly text: string }
  /** The files that it takes in. */
  parts(undoing: Undoing): readonly string[]
}

export function draftOf(
  project: Project,
  options: ReadRun & { readonly graph: Graph; readonly id: string; readonly message: string },
): Draft {
  const { run, pieces } = options
  const made = newRevision(options)
  const directory = homeOf(run.at(-1)?.planned.revision.file ?? '')
  checkData(run, pieces, directory)
  const template = templateOf(project)
  const file = revisionPath(directory, made, template)
  const moves = run.flatMap((loaded) => moveOf(loaded) ?? [])
  const moved = new Map(moves.map(({ from, to }) => [from, to]))
  const vocabulary = vocabularyWith(project.operations)
  const written = (undoing: Undoing, isMoved: boolean): NewRevision => {
    const seenFrom = (path: string) => seen(directory, isMoved ? (moved.get(path) ?? path) : path)
    const upgrade = pieces.map((piece) => saidPiece(piece, piece.upgrade, seenFrom))
    const downgrade = undoing === 'piece by piece' ? undoingPieces(pieces, seenFrom) : null
    return {
      ...made,
      ...piecesText({ upgrade, downgrade }, vocabulary),
      ...(typeof undoing === 'object' ? undoing : {}),
    }
  }
  return {
    revision: { ...made, parts: [], file },
    file,
    moves,
    staying: run
      .map(({ planned }) => planned.revision.file)
      .filter((path) => !moved.has(path) && !isSetAside(path)),
    text: (undoing) => template.render(written(undoing, true)),
    trial: (undoing) => ({
      file: join(directory, `.${basename(file)}`),
      text: template.render(written(undoing, false)),
    }),
    parts: (undoing) => (written(undoing, true).parts ?? []).map((part) => join(directory, part)),
  }
}

/** The file of a draft as a revision, read as it is read from the folder. */
export function trialRevision({ file, text }: ReturnType<Draft['trial']>): Revision {
  const revision = scanHeader(text, file)
  if (revision === null) throw new Error(`${file} is no revision.`)
  return revision
}

/** What is said of pieces the same way in both directions: the last one is undone first. */
function undoingPieces(pieces: readonly Piece[], seenFrom: (file: string) => string): readonly SaidPiece[] {
  return pieces
    .toReversed()
    .flatMap((piece) =>
      'irreversible' in piece.downgrade ? [] : [saidPiece(piece, piece.downgrade, seenFrom)],
    )
}

function saidPiece(
  { revisions }: Piece,
  { directives }: PieceText,
  seenFrom: (file: string) => string,
): SaidPiece {
  const [first] = revisions
  const last = revisions.at(-1)
  const title =
    revisions.length > 1
      ? `${first?.id} to ${last?.id}: what these ${revisions.length} revisions make`
      : `${first?.id}: ${first?.message}`
  return { title, said: directives === null ? { file: seenFrom(first?.file ?? '') } : { directives } }
}

function newRevision({
  graph,
  id,
  message,
  run,
}: Pick<ReadRun, 'run'> & {
  readonly graph: Graph
  readonly id: string
  readonly message: string
}): NewRevision & { readonly replaces: readonly string[] } {
  const revisions = run.map(({ planned }) => planned.revision)
  const own = new Set(revisions.map((revision) => revision.id))
  return {
    id,
    message,
    downRevisions: revisions[0]?.downRevisions ?? [],
    branchLabels: revisions.flatMap(({ branchLabels }) => branchLabels),
    dependsOn: [
      ...new Set(
        revisions.flatMap((revision) =>
          (graph.dependencies.get(revision.id) ?? []).filter((other) => !own.has(other)),
        ),
      ),
    ],
    createDate: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    phase: phaseOf(revisions),
    replaces: revisions.map(entryOf),
  }
}

/** A contract among them makes one of the whole; it expands where all are said to. */
function phaseOf(revisions: readonly Revision[]): Phase | null {
  if (revisions.some(({ phase }) => phase === 'contract')) return 'contract'
  return revisions.every(({ phase }) => phase === 'expand') ? 'expand' : null
}

/** It is always a script, since it may take in the functions of others. */
function templateOf(project: Project): Template {
  const wanted = project.template === 'js' ? 'js' : 'ts'
  const found = templates.find(({ name }) => name === wanted)
  if (found === undefined) throw new Error(`There is no template ${wanted}.`)
  return found
}

function moveOf(loaded: LoadedRevision): Move | null {
  const { file } = loaded.planned.revision
  const to = mayNameData(loaded) ? null : setAsideTo(file)
  return to === null ? null : { from: file, to }
}

/** Whether it names a file of data as seen from its own; of one that reads the database, only its text is known. */
function mayNameData({ planned }: LoadedRevision): boolean {
  if (planned.open !== null && /\bfile\b/.test(readFileSync(planned.revision.file, 'utf8'))) return true
  return planned.steps
    .flat()
    .some(
      (step) =>
        step.run === 'statement' &&
        step.rows !== undefined &&
        'file' in step.rows &&
        !isAbsolute(step.rows.file),
    )
}

/** What is said in another folder would look for its data there. */
function checkData(run: readonly LoadedRevision[], pieces: readonly Piece[], directory: string): void {
  const kept = new Set(pieces.filter(({ isMerged }) => !isMerged).flatMap(({ revisions }) => revisions))
  const problems = run
    .filter((loaded) => kept.has(loaded.planned.revision) && mayNameData(loaded))
    .map(({ planned: { revision } }) => revision)
    .filter(({ file }) => dirname(file) !== directory)
    .map(
      ({ id, file }) => `${id} names data as seen from its own folder (${file}), which is not ${directory}`,
    )
  if (problems.length > 0) throw new NotARun(problems)
}

/** As an import names it. */
function seen(directory: string, file: string): string {
  const path = relative(directory, file).split(sep).join('/')
  return path.startsWith('.') ? path : `./${path}`
}
