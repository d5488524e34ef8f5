import type { NewRevision } from '../script/template.ts'
import type { Conversion } from './alembic/context.ts'
import { alembicLibrary } from './alembic/library.ts'
import { reasonsAtEnd } from './alembic/listeners.ts'
import { readDocstring } from './docstring.ts'
import { modernise } from './modernise/modernise.ts'
import type { Finding, Look, Readers } from './modernise/rewriting.ts'
import { commentCode, functionCode } from './print.ts'
import { block, commentsOf } from './python/block.ts'
import { type Evaluation, type Missing, type Modules, refuse, type Said } from './python/evaluation.ts'
import { carryOut, spoil } from './python/module.ts'
import { NotConverted } from './python/not-converted.ts'
import { Raised } from './python/raise.ts'
import { resolved } from './python/resolve.ts'
import { type Source, type Statement, sourceText } from './python/syntax.ts'
import { FunctionValue, List, Scope, Tuple, type Value } from './python/value.ts'
import { runtimeCode } from './runtime.ts'

/** A revision of Alembic's, converted. */
export type ConvertedRevision = {
  readonly file: string
  /** Forms that Limbeck says in a safer way; they are said so where that was asked for. */
  readonly findings: readonly Finding[]
  readonly revision: NewRevision
  readonly missing: readonly Missing[]
}

/** A revision's file, read: what its header says, and its names. */
export type ReadRevision = {
  readonly source: Source
  readonly scope: Scope
  readonly id: string
  readonly downRevisions: readonly string[]
  readonly branchLabels: readonly string[]
  readonly dependsOn: readonly string[]
}

/** Carries out the top of a file; null where it is no revision. */
export function readRevision(source: Source, conversion: Conversion, modules: Modules): ReadRevision | null {
  const scope = new Scope(null)
  scope.names.set('__file__', { value: source.file })
  carryOut(source.body, evaluationFor(source, scope, conversion, modules))
  const id = known(scope, 'revision')
  if (typeof id !== 'string') return null
  return {
    source,
    scope,
    id,
    downRevisions: names(known(scope, 'down_revision')),
    branchLabels: names(known(scope, 'branch_labels')),
    dependsOn: names(known(scope, 'depends_on')),
  }
}

/** Converts what a revision does in both directions. */
export function convertRevision(
  read: ReadRevision,
  conversion: Conversion,
  {
    modules,
    isModern,
    home,
    isNamedElsewhere,
    ...readers
  }: {
    readonly modules: Modules
    readonly isModern: boolean /** Where the project's files are named from. */
    readonly home: string
    readonly isNamedElsewhere: Look['isNamedElsewhere']
  } & Pick<Readers, 'scan' | 'routine'>,
): ConvertedRevision {
  const { source, id, downRevisions, branchLabels, dependsOn } = read
  const { message, createDate } = readDocstring(source.body, id)
  const renames: Look['renames'] = []
  const modernised = (said: readonly Said[], other: readonly Said[]) =>
    modernise(
      said,
      source.file,
      { parse: conversion.parse, ...readers },
      { other, renames, isNamedElsewhere },
    )
  const upgrade = convertFunction(read, 'upgrade', conversion, modules)
  // Alembic runs it in a process of its own, which has made no type yet.
  const downgrade = convertFunction(read, 'downgrade', { ...conversion, enums: new Set() }, modules)
  const up = modernised(upgrade.said, downgrade.said)
  const down = modernised(downgrade.said, upgrade.said)
  const upgradeText = textOf(isModern ? up.said : upgrade.said, home)
  const downgradeText = textOf(isModern ? down.said : downgrade.said, home)
  const top = commentsAtTop(source.body)
  return {
    file: source.file,
    findings: [...up.findings, ...down.findings],
    revision: {
      id,
      downRevisions,
      branchLabels,
      dependsOn,
      message,
      createDate,
      phase: null,
      upgrade: { ...upgradeText, ...(top === '' ? {} : { above: top }) },
      ...(downgrade.raised === null ? { downgrade: downgradeText } : { irreversible: downgrade.raised }),
      ...belowOf(upgradeText.code, downgradeText.code),
    },
    missing: [...upgrade.missing, ...downgrade.missing],
  }
}

/** An evaluation at the top of a file, which says nothing. */
export function evaluationFor(
  source: Source,
  scope: Scope,
  conversion: Conversion,
  modules: Modules,
): Evaluation {
  return {
    library: alembicLibrary,
    modules,
    host: conversion,
    taken: new Set(['op']),
    source,
    line: 1,
    sink: [],
    depth: 0,
    floor: 0,
    frame: { scope, returns: 'value', isWhole: false, results: [], depth: 0 },
    loops: [],
    calls: 0,
    yielded: null,
  }
}

/** Comments at the end of a function, which the parser gives after it. */
function commentsAfter(body: readonly Statement[], node: Statement): readonly Said[] {
  const after = body.slice(body.indexOf(node) + 1)
  const end = after.findIndex((one) => one.nodeType !== 'Comment' || one.col_offset === 0)
  return after
    .slice(0, end === -1 ? undefined : end)
    .flatMap((one) => (one.nodeType === 'Comment' ? commentsOf(one.value) : []))
}

type Converted = {
  readonly said: readonly Said[]
  readonly missing: readonly Missing[]
  readonly raised: string | null
}

function convertFunction(
  { scope }: ReadRevision,
  name: string,
  conversion: Conversion,
  modules: Modules,
): Converted {
  const callee = known(scope, name)
  if (!(callee instanceof FunctionValue) || callee.node.nodeType === 'Lambda')
    return { said: [], missing: [], raised: null }
  const evaluation = evaluationFor(callee.source, new Scope(callee.scope), conversion, modules)
  const whole: Evaluation = {
    ...evaluation,
    frame: { ...evaluation.frame, returns: 'written', isWhole: true },
  }
  for (const { arg } of callee.node.args.args) {
    const reason = `${arg} of ${name} is what env.py gives it`
    const given = arg === 'op' ? alembicLibrary.importName('alembic.op', whole) : null
    whole.frame.scope.names.set(arg, given === null ? { later: () => refuse(reason) } : { value: given })
  }
  for (const [parameter, value] of callee.defaults) whole.frame.scope.names.set(parameter, { value })
  const missing: Missing[] = []
  let end = 0
  for (const node of callee.node.body) {
    if (end > 0 && node.lineno > end + 1) whole.sink.push({ say: 'blank' })
    end = node.end_lineno ?? node.lineno
    const before = whole.sink.length
    try {
      if (block([node], whole).type !== 'normal') break
    } catch (error) {
      if (!(error instanceof NotConverted)) throw error
      // Whatever stands before it is rolled back with it.
      if (error instanceof Raised && name === 'downgrade' && missing.length === 0)
        return { said: [], missing, raised: messageOfRaise(error) }
      whole.sink.splice(before)
      const found: Missing = {
        file: callee.source.file,
        line: whole.line,
        reason: error.reason,
        python: sourceText(callee.source, node),
      }
      missing.push(found)
      whole.sink.push({ say: 'missing', missing: found })
      spoil(node, error.reason, whole)
    }
  }
  for (const reason of reasonsAtEnd(whole)) {
    const { node } = callee
    const found = { file: callee.source.file, line: node.lineno, reason, python: `def ${name}(): …` }
    missing.push(found)
    whole.sink.push({ say: 'missing', missing: found })
  }
  whole.sink.push(...commentsAfter(callee.source.body, callee.node))
  return { said: settled(whole.sink), missing, raised: null }
}

/** What is said, without what a session would have written and never did. */
function settled(said: readonly Said[]): readonly Said[] {
  return said.flatMap((one): readonly Said[] => {
    if (one.say === 'block')
      return [{ ...one, parts: one.parts.map(({ open, body }) => ({ open, body: settled(body) })) }]
    if (one.say !== 'directive' && one.say !== 'query') return [one]
    const isWritten = one.onlyIf?.used !== false || (one.say === 'query' && one.query.used)
    return isWritten ? [one] : []
  })
}

function messageOfRaise({ reason }: Raised): string {
  if (!reason.startsWith('it raises')) return reason
  const text = /\(\s*f?["']+([^"']+)["']+/.exec(reason)?.[1]
  return text ?? 'the downgrade raises an error by itself'
}

function belowOf(...codes: readonly string[]): { readonly below?: string } {
  const code = runtimeCode(codes.join('\n'))
  return code === '' ? {} : { below: code }
}

function textOf(said: readonly Said[], home: string) {
  const { code, awaits } = functionCode(said, home)
  return { code, sql: '', ...(awaits ? { awaits: true as const } : {}) }
}

/** Comments of the file's own, above its functions. */
function commentsAtTop(body: readonly Statement[]): string {
  const texts = body.flatMap((node) =>
    node.nodeType === 'Comment' &&
    node.col_offset === 0 &&
    !/revision identifiers|pylint|flake8|noqa|type: ignore/.test(node.value)
      ? [node.value.replace(/^#+ ?/, '')]
      : [],
  )
  return texts.map((text) => commentCode(text)).join('')
}

function known(scope: Scope, name: string): Value {
  try {
    return resolved(scope, name) ?? null
  } catch (error) {
    if (error instanceof NotConverted) return null
    throw error
  }
}

function names(value: Value): readonly string[] {
  if (typeof value === 'string') return [value]
  if (!(value instanceof List) && !(value instanceof Tuple)) return []
  return value.items.flatMap((item) => (typeof item === 'string' ? [item] : []))
}
