import { LimbeckError } from '../error.ts'
import type { Autogenerate } from './autogenerate-options.ts'
import { type Config, type Project, resolveProject } from './project.ts'
import { readGraph } from './read-graph.ts'
import { type Stoppable, untilStopped } from './stoppable.ts'
import { keepsRows } from './verify/keeps-rows.ts'
import { keptVerdicts } from './verify/kept-verdicts.ts'
import { runsOffline } from './verify/offline.ts'
import { roundTrip } from './verify/round-trip.ts'
import type { Finding, Subject, Verdict, Verification } from './verify/verification.ts'
import { longVerifications, usualVerifications } from './verify/verifications.ts'
import type { VerifyAcceptance } from './verify/verify-config.ts'
import { type Walk, walk } from './verify/walk.ts'

export type VerifyOptions = Stoppable & {
  /** Kills each revision before every message that follows a write, and runs it again: seconds for each point. Default: false. */
  readonly crash?: boolean
  /** The URL of a server on which empty databases are made for it. Default: as `autogenerate.shadow` says, embedded ones. */
  readonly on?: Exclude<Autogenerate['shadow'], undefined>
}

/** Whether revisions are what a team takes them for. */
export type VerifyReport = {
  readonly revisions: number
  readonly verifications: readonly VerifiedReport[]
  /** What takes a finding that there is none of. */
  readonly unused: readonly VerifyAcceptance[]
}

export type VerifiedReport = Verdict & {
  readonly name: string
  readonly title: string
  readonly accepted: readonly (Finding & { readonly reason: string })[]
  readonly milliseconds: number
}

/** Something of the revisions does not hold. */
export class VerificationFailed extends LimbeckError {
  readonly code = 'VERIFICATION_FAILED'
  readonly findings: readonly Finding[]

  constructor({ name, title, findings }: VerifiedReport) {
    super(`It does not hold that ${title}:\n${findings.map(findingText).join('\n')}`, {
      hint: `Mend the revisions, or take it with a reason: verify: { accept: [{ verification: '${name}', revision: '…', reason: '…' }] } in the configuration.`,
    })
    this.findings = findings
  }
}

/** A name of a verification that there is none of. */
export class VerificationUnknown extends LimbeckError {
  readonly code = 'VERIFICATION_UNKNOWN'
  readonly verification: string

  constructor(verification: string) {
    const names = [...usualVerifications, ...longVerifications].map(({ name }) => name)
    super(
      `"verify" in the configuration accepts what ${JSON.stringify(verification)} finds, and there is no such verification.`,
      {
        hint: `Say one of ${names.join(', ')}.`,
      },
    )
    this.verification = verification
  }
}

/** Verifies the revisions of a folder, on databases of its own: the project's is not asked. */
export async function verify(config: Config = {}, options: VerifyOptions = {}): Promise<VerifyReport> {
  return untilStopped(options, async () => {
    const project = resolveProject(on(config, options), options)
    const accept = acceptancesOf(project)
    const subject = await subjectOf(project)
    const verifications = [...usualVerifications, ...(options.crash === true ? longVerifications : [])]
    const all = await Promise.all(verifications.map((one) => verified(subject, one)))
    return {
      revisions: subject.revisions.length,
      verifications: all,
      unused: accept.filter((one) => all.some(({ name }) => name === one.verification) && !isUsed(one, all)),
    }
  })
}

/**
 * The same as tests, one for each thing that is to hold: for vitest, jest and `node:test`.
 * @example
 * for (const { name, run } of verifications({ migrations: 'migrations' })) test(name, run, 60_000)
 */
export function verifications(
  config: Config = {},
  { crash = false, ...where }: Pick<VerifyOptions, 'crash' | 'on'> = {},
): readonly { readonly name: string; run(): Promise<void> }[] {
  let subject: Promise<Subject> | null = null
  const chosen = [...usualVerifications, ...(crash ? longVerifications : [])]
  return chosen.map((one) => ({
    name: one.title,
    async run() {
      subject ??= subjectOf(resolveProject(on(config, where)))
      const report = await verified(await subject, one)
      if (report.findings.length > 0) throw new VerificationFailed(report)
    },
  }))
}

function on(config: Config, { on: shadow }: Pick<VerifyOptions, 'on'>): Config {
  return shadow === undefined ? config : { ...config, autogenerate: { ...config.autogenerate, shadow } }
}

async function subjectOf(project: Project): Promise<Subject> {
  const graph = readGraph(project)
  const revisions = [...graph.revisions.values()]
  const kept = await keptVerdicts(project, revisions)
  const names = [roundTrip, keepsRows, runsOffline].map(({ name }) => name)
  const unknown = revisions.findIndex((_, at) => names.some((name) => kept.get(name, at) === null))
  const first = unknown === -1 ? revisions.length : unknown
  let walked: Promise<Walk> | null = null
  return {
    project,
    graph,
    revisions,
    kept,
    first,
    walk() {
      walked ??= walk(project, revisions, first)
      return walked
    },
  }
}

async function verified(subject: Subject, one: Verification): Promise<VerifiedReport> {
  const began = performance.now()
  const { findings, notes } = await one.verify(subject)
  const accept = acceptancesOf(subject.project)
  const taken = findings.map((finding) => ({
    finding,
    by: accept.find((acceptance) => covers(acceptance, one.name, finding)),
  }))
  return {
    name: one.name,
    title: one.title,
    findings: taken.flatMap(({ finding, by }) => (by === undefined ? [finding] : [])),
    accepted: taken.flatMap(({ finding, by }) =>
      by === undefined ? [] : [{ ...finding, reason: by.reason }],
    ),
    notes,
    milliseconds: performance.now() - began,
  }
}

function acceptancesOf({ verify: { accept = [] } }: Project): readonly VerifyAcceptance[] {
  const names = new Set([...usualVerifications, ...longVerifications].map(({ name }) => name))
  for (const { verification } of accept)
    if (!names.has(verification)) throw new VerificationUnknown(verification)
  return accept
}

function isUsed(acceptance: VerifyAcceptance, all: readonly VerifiedReport[]): boolean {
  return all.some(({ name, accepted }) => accepted.some((finding) => covers(acceptance, name, finding)))
}

function covers({ verification, revision }: VerifyAcceptance, name: string, finding: Finding): boolean {
  return verification === name && (revision === undefined || revision === finding.revision)
}

function findingText({ revision, file, line, message, details }: Finding): string {
  const place = file === null || line === null ? file : `${file}:${line}`
  const where = [revision, place].filter((part) => part !== null).join(' ')
  return [`${where === '' ? '' : `${where}: `}${message}`, ...details.map((line) => `  ${line}`)].join('\n')
}
