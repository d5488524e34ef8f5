import type { Graph } from '../graph/graph.ts'
import { ancestors } from '../graph/lineage.ts'
import { parseRange, resolveRange } from '../graph/range.ts'
import { placeRevisions } from '../graph/replaced.ts'
import type { Revision } from '../graph/revision.ts'
import { runBetween } from '../graph/run.ts'
import { runAfterWrite } from '../script/after-write.ts'
import { checkMoves, type Move, moveAll } from '../script/set-aside.ts'
import { newRevisionId, writeNew } from '../script/write.ts'
import { type Config, type Project, resolveProject } from './project.ts'
import { onShadow } from './prove.ts'
import { readGraph } from './read-graph.ts'
import type { NewRevisionReport } from './revision.ts'
import type { Session } from './session.ts'
import { makeRevisions, ShadowFailed } from './shadow.ts'
import { asSaidAll, columnsOf, cutRun, loadRun, type Pieces, type ReadRun } from './squash-pieces.ts'
import { proveSquash, SquashNotProved } from './squash-proof.ts'
import { type Draft, draftOf } from './squash-text.ts'
import { type Stoppable, untilStopped } from './stoppable.ts'

export type SquashOptions = Stoppable & {
  readonly message?: string
  readonly id?: string
  /**
   * What becomes of revisions that only read or write rows: they are kept (the default), or left out, since an empty database has
   * no rows. A function is asked where there are any.
   */
  readonly data?: 'keep' | 'drop' | ((revisions: readonly NamedRevision[]) => Promise<'keep' | 'drop'>)
}

export type NamedRevision = { readonly id: string; readonly message: string }

/** A revision that stands for a run of others from now on. */
export type SquashReport = NewRevisionReport & {
  /** What it replaces, in order. */
  readonly replaces: readonly NamedRevision[]
  /** Those that are said together, in fewer directives. */
  readonly merged: readonly NamedRevision[]
  /** Why nothing is said together that could have been; null where it is. */
  readonly notMerged: string | null
  /** Those that are said as they were. */
  readonly kept: readonly NamedRevision[]
  /** Those of rows alone that were left out. */
  readonly dropped: readonly NamedRevision[]
  /** Files that were moved out of the way: databases within the run need them, until all are past it. */
  readonly moved: readonly Move[]
  /** Files that stay where they are, since they may name others as seen from there. */
  readonly staying: readonly string[]
  /** Files of which the new revision takes in the functions: they have to stay for good. */
  readonly parts: readonly string[]
  /** Why it cannot be undone; null where it can be. */
  readonly irreversible: string | null
  /** Tables and views whose columns come in another order than the run made them. */
  readonly columnOrder: readonly string[]
}

/**
 * Replaces a run of revisions by one that has the same result, which is tried on empty databases before anything is written. Databases
 * that are anywhere within the run go on with the old files, which are kept. No database of the project's is asked, unless it is to be
 * tried beside it.
 */
export async function squash(
  config: Config,
  range: string,
  { message = `squash ${range}`, id = newRevisionId(), data = 'keep', signal }: SquashOptions = {},
): Promise<SquashReport> {
  const project = resolveProject(config, { signal })
  const graph = readGraph(project)
  const run = runOf(graph, range)
  const before = revisionsBefore(graph, run)
  const read = await untilStopped(project, () =>
    onShadow(project, (session) => readRun(session, { before, run }, data)),
  )
  const draftWith = (pieces: ReadRun) => draftOf(project, { graph, id, message, ...pieces })
  // What the graph would refuse with it is not written: an id that is taken, say.
  placeRevisions([...graph.read, draftWith(read).revision])
  checkMoves(draftWith(read).moves)
  const { draft, proof, pieces, notMerged } = await untilStopped(project, () =>
    provedOf(project, { before, read, draftWith }),
  )
  // A folder that has only a part of it is one that is understood: the files are found where they go, and nothing replaces them yet.
  moveAll(draft.moves)
  writeNew(draft.file, draft.text(proof.undoing))
  runAfterWrite(project.afterWrite, { file: draft.file, directory: project.directory })
  return {
    id,
    file: draft.file,
    downRevisions: draft.revision.downRevisions,
    replaces: run.map(named),
    ...partsOf(pieces),
    notMerged,
    dropped: read.dropped.map(named),
    moved: draft.moves,
    staying: draft.staying,
    parts: draft.parts(proof.undoing),
    irreversible: proof.irreversible,
    columnOrder: proof.columnOrder,
  }
}

/** What has been tried and may be written: with what is merged, or, where that does not make the same, with everything as it was said. */
async function provedOf(
  project: Project,
  {
    before,
    read,
    draftWith,
  }: {
    readonly before: readonly Revision[]
    readonly read: ReadRun
    readonly draftWith: (pieces: ReadRun) => Draft
  },
) {
  const draft = draftWith(read)
  try {
    const proof = await proveSquash(project, { before, read, draft })
    return { draft, proof, pieces: read.pieces, notMerged: null }
  } catch (error) {
    const isOfMerging = error instanceof SquashNotProved || error instanceof ShadowFailed
    if (!isOfMerging || !read.pieces.some(({ isMerged }) => isMerged)) throw error
    const said = { ...read, pieces: await asSaidAll(read) }
    const plain = draftWith(said)
    const proof = await proveSquash(project, { before, read: said, draft: plain })
    return { draft: plain, proof, pieces: said.pieces, notMerged: error.message }
  }
}

function runOf(graph: Graph, range: string): readonly Revision[] {
  const standing = { applied: new Set<string>(), direction: 'lookup' } as const
  return runBetween(graph, resolveRange(graph, parseRange(range), standing))
}

/** All that comes before a run, in the order of the graph. */
function revisionsBefore(graph: Graph, run: readonly Revision[]): readonly Revision[] {
  const own = new Set(run.map(({ id }) => id))
  const below = ancestors(graph, own)
  return [...graph.revisions.values()].filter(({ id }) => below.has(id) && !own.has(id))
}

async function readRun(
  session: Session,
  { before, run }: { readonly before: readonly Revision[]; readonly run: readonly Revision[] },
  data: NonNullable<SquashOptions['data']>,
): Promise<ReadRun> {
  const loaded = await loadRun(session, run)
  const ofRows = loaded
    .filter(({ content }) => content === 'rows')
    .map(({ planned }) => named(planned.revision))
  const wish = typeof data === 'function' ? await (ofRows.length === 0 ? 'keep' : data(ofRows)) : data
  await makeRevisions(session, before)
  const pieces = await cutRun(session, loaded, { dropsRows: wish === 'drop' })
  return { ...pieces, run: loaded, columns: await columnsOf(session) }
}

function partsOf(pieces: Pieces['pieces']): Pick<SquashReport, 'merged' | 'kept'> {
  const of = (isMerged: boolean) =>
    pieces.filter((piece) => piece.isMerged === isMerged).flatMap(({ revisions }) => revisions.map(named))
  return { merged: of(true), kept: of(false) }
}

function named({ id, message }: Revision): NamedRevision {
  return { id, message }
}
