/**
 * How far `limbeck lint` agrees with what native servers did: precision and recall by class of hazard, and lock modes, over the labelled set of
 * test/lint/trace; beside squawk-cli on the same files. `npm run bench:lint`, or `npm run bench:lint -- 10` for every tenth migration, `-- 'enums|/039'` for those whose path has that; `v` behind it names what differs. Exit code 3 below what is promised.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { lint } from '../src/commands/lint.ts'
import { type LockMode, lockModes } from '../src/operations/operation.ts'
import { type HazardClass, hazardClasses, type Truth } from '../test/lint/trace/classes.ts'
import { squawkRules } from '../test/lint/trace/squawk.ts'
import { readTruths } from '../test/lint/trace/truth.ts'

const promised = { precision: 0.95, recall: 0.95, locks: 0.99 }
const [which = '1', verbose] = process.argv.slice(2)
const folder = join(import.meta.dirname, '..', 'test', 'lint', 'trace')
const truths = readTruths()
const squawkBin = join(import.meta.dirname, 'peers', 'node_modules', '.bin', 'squawk')
const hasSquawk = existsSync(squawkBin)

type Tally = { readonly right: number; readonly wrong: number; readonly missed: number }
type Found = ReadonlySet<HazardClass>

const ours: Tallies = new Map()
const theirs: Tallies = new Map()
type Tallies = Map<HazardClass, Tally>
let [locks, rightLocks] = [0, 0]
let took = 0
let looked = 0
const files = globSync('migrations/**/*.sql', { cwd: folder })
  .sort((a, b) => (basename(a) < basename(b) ? -1 : 1))
  .filter((file, n) => (/^\d+$/.test(which) ? n % Number(which) === 0 : new RegExp(which).test(file)))

for (const file of files) {
  const truth = truths.get(basename(file, '.sql'))?.get(18)
  if (truth === undefined) continue
  looked++
  const text = readFileSync(join(folder, file), 'utf8')
  const said = (key: string) => new RegExp(`^-- ${key}: (.*)$`, 'm').exec(text)?.[1]
  const transaction = said('transaction') === 'none' ? 'none' : 'one'
  const wanted = new Set(truth.classes)
  const began = performance.now()
  const { statements } = await lint(
    { directory: folder },
    {
      files: [file],
      schema: said('shown')?.split(' ') ?? [said('schema') ?? 'base.sql', said('rows') ?? 'rows.sql'],
      transaction,
      fresh: true,
    },
  )
  took += performance.now() - began
  const found = new Set(statements.flatMap(({ hazards }) => hazards.map((hazard) => hazard.class)))
  const kept: Found = new Set(hazardClasses.filter((name) => found.has(name)))
  count(ours, kept, wanted)
  const wrongLocks = compareLocks(
    statements.flatMap((one) => one.locks),
    truth,
  )
  if (hasSquawk) count(theirs, squawk(join(folder, file), transaction), wanted)
  const differs =
    wrongLocks.length > 0 || kept.size !== wanted.size || [...kept].some((name) => !wanted.has(name))
  if (verbose !== undefined && differs) {
    const rules = statements.flatMap(({ hazards }) =>
      hazards
        .filter((one) => !wanted.has(one.class as HazardClass) && one.class !== 'advice')
        .map(({ rule }) => rule),
    )
    process.stdout.write(
      `${file}: too much ${[...new Set(rules)]}; missing ${[...wanted].filter((name) => !kept.has(name))}; ${wrongLocks.join('; ')}\n`,
    )
  }
}

print('limbeck lint', ours)
if (hasSquawk) print('squawk-cli', theirs)
else process.stdout.write('squawk-cli is not installed: npm install --no-save --prefix bench/peers\n')
const share = rightLocks / locks
process.stdout.write(
  `lock modes: ${rightLocks} of ${locks} right, ${percent(share)}; ${Math.round(took / looked)} ms a migration\n`,
)
process.stdout.write(`1,000 statements by their text alone: ${Math.round(await staticTime())} ms\n`)
const { precision, recall } = total(ours)
if (precision < promised.precision || recall < promised.recall || share < promised.locks) process.exitCode = 3

/** Milliseconds for statements of which nobody gives the schema. */
async function staticTime(): Promise<number> {
  const text = Array.from({ length: 250 }, (_, n) =>
    [
      `ALTER TABLE t${n} ADD COLUMN c integer`,
      `CREATE INDEX i${n} ON t${n} (c)`,
      `UPDATE t${n} SET c = 1`,
      `ALTER TABLE t${n} ALTER COLUMN c SET NOT NULL`,
    ].join(';\n'),
  ).join(';\n')
  const began = performance.now()
  await lint({ directory: folder }, { texts: [{ name: 'many.sql', text }] })
  return performance.now() - began
}

function count(tallies: Tallies, found: Found, wanted: ReadonlySet<HazardClass>): void {
  for (const name of hazardClasses) {
    const { right, wrong, missed } = tallies.get(name) ?? { right: 0, wrong: 0, missed: 0 }
    const [isFound, isWanted] = [found.has(name), wanted.has(name)]
    tallies.set(name, {
      right: right + Number(isFound && isWanted),
      wrong: wrong + Number(isFound && !isWanted),
      missed: missed + Number(!isFound && isWanted),
    })
  }
}

type SeenLock = { readonly relation: string; readonly mode: string; readonly existedBefore: boolean }

/** Of each relation that was there, the strongest lock of the whole migration. Weak ones of indexes hang on the plan, and are in no truth. */
function compareLocks(seen: readonly SeenLock[], truth: Truth): readonly string[] {
  const told = strongest(truth.statements.flatMap((one) => one.locks))
  const mine = new Map([...strongest(seen)].filter(([relation, mode]) => told.has(relation) || !isWeak(mode)))
  const names = new Set([...told.keys(), ...mine.keys()])
  const wrong = [...names].filter((name) => told.get(name) !== mine.get(name))
  locks += names.size
  rightLocks += names.size - wrong.length
  return wrong.map((name) => `${name} ${mine.get(name) ?? 'none'}, not ${told.get(name) ?? 'none'}`)
}

function strongest(seen: readonly SeenLock[]): ReadonlyMap<string, string> {
  const modes = new Map<string, string>()
  const rank = (mode: string) => lockModes.indexOf(mode as LockMode)
  for (const { relation, mode, existedBefore } of seen)
    if (existedBefore && rank(mode) > rank(modes.get(relation) ?? '')) modes.set(relation, mode)
  return modes
}

function isWeak(mode: string): boolean {
  return ['AccessShare', 'RowShare', 'RowExclusive'].includes(mode)
}

function squawk(file: string, transaction: 'one' | 'none'): Found {
  const words = [
    '--reporter',
    'json',
    '--pg-version=18.0',
    ...(transaction === 'one' ? ['--assume-in-transaction'] : []),
    file,
  ]
  const { stdout } = spawnSync(squawkBin, words, { encoding: 'utf8' })
  const rules = (JSON.parse(stdout === '' ? '[]' : stdout) as { readonly rule_name: string }[]).map(
    (one) => one.rule_name,
  )
  const told = rules.filter(
    (name) => name !== 'constraint-missing-not-valid' || !rules.includes('adding-foreign-key-constraint'),
  )
  return new Set(told.flatMap((name) => squawkRules[name] ?? []))
}

function total(tallies: Tallies): { readonly precision: number; readonly recall: number } {
  const all = [...tallies.values()]
  const sum = (of: keyof Tally) => all.reduce((count, tally) => count + tally[of], 0)
  return {
    precision: sum('right') / (sum('right') + sum('wrong')),
    recall: sum('right') / (sum('right') + sum('missed')),
  }
}

function print(name: string, tallies: Tallies): void {
  process.stdout.write(
    `${name.padEnd(24)}${['right', 'wrong', 'missed', 'precision', 'recall'].map((word) => word.padStart(11)).join('')}\n`,
  )
  for (const [kind, { right, wrong, missed }] of tallies) {
    const figures = [
      right,
      wrong,
      missed,
      percent(right / (right + wrong)),
      percent(right / (right + missed)),
    ]
    process.stdout.write(
      `  ${kind.padEnd(22)}${figures.map((figure) => String(figure).padStart(11)).join('')}\n`,
    )
  }
  const { precision, recall } = total(tallies)
  process.stdout.write(
    `  ${'all'.padEnd(22)}${' '.repeat(33)}${percent(precision).padStart(11)}${percent(recall).padStart(11)}\n`,
  )
}

function percent(share: number): string {
  return Number.isNaN(share) ? '–' : `${(share * 100).toFixed(1)} %`
}
