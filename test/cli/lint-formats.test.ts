import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lintFormats } from '../../src/cli/lint-formats/formats.ts'
import { foundIn } from '../../src/cli/lint-formats/found.ts'
import { fromRepository } from '../../src/cli/lint-formats/repository-paths.ts'
import { lintText } from '../../src/cli/lint-text.ts'
import { makeStyle } from '../../src/cli/style.ts'
import type { LintedStatement, LintReport } from '../../src/commands/lint.ts'
import type { Hazard } from '../../src/lint/hazard.ts'
import { rules } from '../../src/lint/rules.ts'
import { folder } from './folder.ts'

const hazard: Hazard = {
  rule: 'check-scan',
  class: 'blocks-reads-long',
  level: 'error',
  message: 'Nobody can read users while all rows of users are read.',
  evidence: ['AccessExclusive on users', 'verifying table "users"'],
  recipe: `op.createCheckConstraint({ table: 'users', name: 'adult', expression: op.sql\`age > 17\` })`,
  relations: ['users'],
  work: [],
}
const warning: Hazard = {
  rule: 'gone-name',
  class: 'breaks-old-code',
  level: 'warning',
  message: '"Größe", 100 %\nof <b>it</b> & \'more\': gone\u0001',
  evidence: [],
  recipe: null,
  relations: ['Größe'],
  work: [],
}
const advice: Hazard = {
  rule: 'no-lock-timeout',
  class: 'advice',
  level: 'advice',
  message: 'It waits for users without end.',
  evidence: ['AccessExclusive on users', 'lock_timeout is 0'],
  recipe: null,
  relations: ['users'],
  work: [],
}

function statement(text: string, fields: Partial<LintedStatement> = {}): LintedStatement {
  return {
    text,
    file: 'db/1, first: größe.sql',
    line: 1,
    revision: null,
    stage: null,
    transaction: 1,
    locks: [],
    rewrites: [],
    scans: [],
    indexesBuilt: [],
    error: null,
    hazards: [],
    accepted: [],
    ...fields,
  }
}

const locks = ['users_pkey', 'users'].map((relation) => ({
  relation,
  mode: 'AccessExclusive' as const,
  existedBefore: true,
}))

const report: LintReport = {
  statements: [
    statement('ALTER TABLE users\n  ADD CONSTRAINT adult CHECK (age > 17)', {
      line: 3,
      locks: [...locks, { relation: 'people', mode: 'AccessShare', existedBefore: true }],
      hazards: [hazard, advice],
    }),
    statement(`ALTER TABLE "Größe" RENAME TO "B"`, { line: 12, hazards: [warning] }),
    statement('SELECT 1', { line: 14, transaction: null }),
    statement('UPDATE users SET age = 18', {
      file: 'db/2.sql',
      transaction: 2,
      accepted: [{ ...hazard, rule: 'bulk-change', reason: 'forty rows' }],
    }),
  ],
  assumed: ['db/2.sql: COPY … FROM STDIN is passed over: its rows are for psql.'],
  unused: [
    { rule: 'drop-table', reason: 'nobody reads it', said: 'db/2.sql:4', isRule: true, nearest: null },
  ],
  inTheWay: [],
  fixed: [],
}

function written(name: string, what: LintReport = report): string {
  const write = lintFormats[name]
  if (write === undefined) throw new Error(`There is no ${name}.`)
  return write(what)
}

const nothing: LintReport = {
  statements: [statement('SELECT 1')],
  assumed: [],
  unused: [],
  inTheWay: [],
  fixed: [],
}

describe('pretty', () => {
  const options = { style: makeStyle(false), width: 40, milliseconds: 1240 }

  test('has the files, the statements in which something is, and a line of what there is in all', () => {
    expect(`\n${lintText(report, options)}\n`).toBe(`
db/1, first: größe.sql
   3  ALTER TABLE users ADD CONSTRAINT …
      locks AccessExclusive on users_pkey, users; AccessShare on people
      ✗ Nobody can read users while all rows of users are read. check-scan
        verifying table "users"
        → op.createCheckConstraint({ table: 'users', name: 'adult', expression: op.sql\`age > 17\` })
      · It waits for users without end. no-lock-timeout
        lock_timeout is 0

  12  ALTER TABLE "Größe" RENAME TO "B"
      ! "Größe", 100 %
        of <b>it</b> & 'more': gone\u0001 gone-name

! db/2.sql: COPY … FROM STDIN is passed over: its rows are for psql.
! db/2.sql:4: drop-table is accepted, and nothing of it is found.
✗ 1 error  ! 1 warning  · 1 advice  1 accepted
  4 statements in 2 transactions, 1.2 s
`)
  })

  test('says so where nothing is found', () => {
    expect(lintText(nothing, options)).toBe('✓ nothing found\n  1 statement in 1 transaction, 1.2 s')
  })

  test('counts relations where there are many', () => {
    const many = Array.from({ length: 12 }, (_, n) => `p${n}`).map((relation) => ({
      relation,
      mode: 'Share' as const,
      existedBefore: true,
    }))
    const statements = [statement('SELECT 1', { locks: many, hazards: [advice] })]
    expect(lintText({ ...nothing, statements }, options)).toContain('Share on p0, p1, p2, p3, 8 more\n')
  })
})

describe('json', () => {
  test('is the report as it is', () => {
    expect(JSON.parse(written('json'))).toEqual(report)
  })

  test('is documented, field by field', () => {
    const guide = readFileSync(join(import.meta.dirname, '../../docs/guide/lint.md'), 'utf8')
    const rows =
      guide
        .slice(guide.indexOf('## JSON'))
        .match(/^\| `.*$/gm)
        ?.join('\n') ?? ''
    const fields = [report, statement('SELECT 1'), hazard].flatMap((one) => Object.keys(one))
    expect(fields.filter((name) => !rows.includes(`\`${name}\``))).toEqual([])
  })
})

describe('github', () => {
  test('has a command a line, in which nothing of a message ends it early', () => {
    expect(written('github').split('\n')).toEqual([
      `::error file=db/1%2C first%3A größe.sql,line=3,title=limbeck check-scan::Nobody can read users while all rows of users are read.%0A%0AAccessExclusive on users%0Averifying table "users"%0A%0AInstead:%0Aop.createCheckConstraint({ table: 'users', name: 'adult', expression: op.sql\`age > 17\` })`,
      '::notice file=db/1%2C first%3A größe.sql,line=3,title=limbeck no-lock-timeout::It waits for users without end.%0A%0AAccessExclusive on users%0Alock_timeout is 0',
      `::warning file=db/1%2C first%3A größe.sql,line=12,title=limbeck gone-name::"Größe", 100 %25%0Aof <b>it</b> & 'more': gone\u0001`,
      '::notice title=limbeck lint::db/2.sql: COPY … FROM STDIN is passed over: its rows are for psql.',
      '::notice title=limbeck lint::db/2.sql:4: drop-table is accepted, and nothing of it is found.',
    ])
  })

  test('prints nothing where nothing is found', () => {
    expect(written('github', nothing)).toBe('')
  })
})

describe('gitlab', () => {
  const issues: readonly { readonly [field: string]: unknown }[] = JSON.parse(written('gitlab'))

  test('has what Code Quality asks of each issue', () => {
    expect(issues[2]).toEqual({
      description: warning.message,
      check_name: 'gone-name',
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      severity: 'major',
      location: { path: 'db/1, first: größe.sql', lines: { begin: 12 } },
    })
    expect(issues.map(({ severity }) => severity)).toEqual(['critical', 'info', 'major'])
  })

  test('gives each issue a fingerprint of its own: of two that are the same, GitLab shows one', () => {
    const twice = { ...report, statements: [...report.statements, ...report.statements] }
    const fingerprints = JSON.parse(written('gitlab', twice)).map(
      ({ fingerprint }: { readonly fingerprint: string }) => fingerprint,
    )
    expect(new Set(fingerprints).size).toBe(6)
  })

  test('is an empty list where nothing is found', () => {
    expect(written('gitlab', nothing)).toBe('[]')
  })
})

describe('sarif', () => {
  const log = JSON.parse(written('sarif'))
  const [run] = log.runs

  test('names its schema and version, and the tool with all its rules', () => {
    expect(log.version).toBe('2.1.0')
    expect(log.$schema).toMatch(/^https:.*sarif-schema-2\.1\.0\.json$/)
    expect(log.runs).toHaveLength(1)
    expect(run.tool.driver).toMatchObject({ name: 'Limbeck', semanticVersion: expect.stringMatching(/^\d/) })
    expect(run.tool.driver.rules).toHaveLength(rules.length)
    for (const rule of run.tool.driver.rules)
      expect(rule).toEqual({
        id: expect.stringMatching(/^[a-z]+(-[a-z]+)*$/),
        shortDescription: { text: expect.stringMatching(/\S/) },
        fullDescription: { text: expect.stringMatching(/\S/) },
        help: { text: expect.stringMatching(/\S/), markdown: expect.stringContaining('## Instead') },
        defaultConfiguration: { level: expect.stringMatching(/^(error|warning|note)$/) },
        properties: { tags: expect.any(Array) },
      })
  })

  test('has a result for each hazard, which points at its rule and its line', () => {
    expect(run.results).toHaveLength(4)
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
      expect(['error', 'warning', 'note']).toContain(result.level)
      expect(result.message.text).toMatch(/\S/)
      expect(result.partialFingerprints).toEqual({
        'limbeckHazard/v1': expect.stringMatching(/^[0-9a-f]{32}$/),
      })
      const [{ physicalLocation }] = result.locations
      expect(physicalLocation.region.startLine).toBeGreaterThan(0)
      expect(new URL(physicalLocation.artifactLocation.uri, 'file:///').protocol).toBe('file:')
    }
    expect(run.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'db/1%2C%20first%3A%20gr%C3%B6%C3%9Fe.sql' },
      region: { startLine: 3 },
    })
    expect(run.results.map(({ level }: { readonly level: string }) => level)).toEqual([
      'error',
      'note',
      'warning',
      'error',
    ])
  })

  test('has what is accepted as suppressed, with the reason', () => {
    const [first, , , last] = run.results
    expect(first).not.toHaveProperty('suppressions')
    expect(last.suppressions).toEqual([{ kind: 'external', justification: 'forty rows' }])
  })

  test('tells what was not seen as notes of the run', () => {
    expect(run.invocations[0].executionSuccessful).toBe(true)
    expect(run.invocations[0].toolExecutionNotifications).toHaveLength(2)
    expect(run.invocations[0].toolExecutionNotifications[0]).toEqual({
      level: 'note',
      message: { text: report.assumed[0] },
    })
  })

  test('takes a rule that is none of ours: a project may have its own', () => {
    const statements = [statement('SELECT 1', { hazards: [{ ...hazard, rule: 'ours' }] })]
    const [result] = JSON.parse(written('sarif', { ...nothing, statements })).runs[0].results
    expect(result.ruleId).toBe('ours')
    expect(result).not.toHaveProperty('ruleIndex')
  })
})

describe('a fingerprint', () => {
  const of = (fields: Partial<LintedStatement>, text = 'SELECT 1') =>
    foundIn({ ...nothing, statements: [statement(text, { hazards: [hazard], ...fields })] })[0]?.fingerprint

  test('stays where lines are moved and the statement is laid out otherwise', () => {
    expect(of({ line: 40 }, 'SELECT\n    1')).toBe(of({ line: 2 }))
  })

  test('is another one for another file, statement or rule', () => {
    const others = [
      of({}),
      of({ file: 'b.sql' }),
      of({}, 'SELECT 2'),
      of({ hazards: [{ ...hazard, rule: 'x' }] }),
    ]
    expect(new Set(others).size).toBe(4)
  })
})

describe('junit', () => {
  const text = written('junit')

  test('is a suite for each file and a case for each statement', () => {
    expect(text).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="limbeck lint" tests="5" failures="2" errors="0" skipped="1">
  <testsuite name="db/1, first: größe.sql" tests="3" failures="2" errors="0" skipped="0">
    <testcase classname="db/1, first: größe.sql" name="line 3: ALTER TABLE users ADD CONSTRAINT adult CHECK (age &gt; 17)" file="db/1, first: größe.sql" line="3">
      <failure type="check-scan" message="Nobody can read users while all rows of users are read.">Nobody can read users while all rows of users are read.

AccessExclusive on users
verifying table "users"

Instead:
op.createCheckConstraint({ table: 'users', name: 'adult', expression: op.sql\`age &gt; 17\` })</failure>
      <system-out>It waits for users without end.

AccessExclusive on users
lock_timeout is 0</system-out>
    </testcase>
    <testcase classname="db/1, first: größe.sql" name="line 12: ALTER TABLE &quot;Größe&quot; RENAME TO &quot;B&quot;" file="db/1, first: größe.sql" line="12">
      <failure type="gone-name" message="&quot;Größe&quot;, 100 %&#10;of &lt;b&gt;it&lt;/b&gt; &amp; 'more': gone\uFFFD">"Größe", 100 %
of &lt;b&gt;it&lt;/b&gt; &amp; 'more': gone\uFFFD</failure>
    </testcase>
    <testcase classname="db/1, first: größe.sql" name="line 14: SELECT 1" file="db/1, first: größe.sql" line="14"/>
  </testsuite>
  <testsuite name="db/2.sql" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="db/2.sql" name="line 1: UPDATE users SET age = 18" file="db/2.sql" line="1">
      <system-out>accepted: forty rows
Nobody can read users while all rows of users are read.

AccessExclusive on users
verifying table "users"

Instead:
op.createCheckConstraint({ table: 'users', name: 'adult', expression: op.sql\`age &gt; 17\` })</system-out>
    </testcase>
  </testsuite>
  <testsuite name="not tried" tests="1" failures="0" errors="0" skipped="1">
    <testcase classname="not tried" name="db/2.sql: COPY … FROM STDIN is passed over: its rows are for psql."><skipped message="db/2.sql: COPY … FROM STDIN is passed over: its rows are for psql."/></testcase>
  </testsuite>
</testsuites>`)
  })

  test('is well-formed, whatever a statement says', () => {
    const awkward = [']]>', '<!--', '&amp;', '\ud800 alone', '\u0000\u000b\ufffe', '"\'\t\r\n', '🙂'].map(
      (sql) => statement(sql, { hazards: [{ ...warning, message: sql, evidence: [sql] }, advice] }),
    )
    const xml = written('junit', { ...report, statements: [...report.statements, ...awkward] })
    expect(unclosed(xml)).toEqual([])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML does not take.
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u)
  })
})

describe('the paths that CI gets', () => {
  test('begin at the top of the repository', async () => {
    await using repository = await folder({ '.git/HEAD': '', 'services/shop/limbeck.config.ts': '' })
    const directory = `${repository.directory}/services/shop`
    const piped = { ...report, statements: [statement('SELECT 1', { file: 'standard input' })] }
    const options = { directory, exceptFor: 'standard input' }
    const files = (one: LintReport) => fromRepository(one, options).statements.map(({ file }) => file)
    expect(files(report).at(-1)).toBe('services/shop/db/2.sql')
    expect(files(piped)).toEqual(['standard input'])
  })
})

test('a format that there is none of is a misuse, which lists them all, before anything is looked at', async () => {
  await using project = await folder()
  const { exitCode, out, err } = await project.limbeck('lint', 'nowhere.sql', '--format', 'toString')
  expect([exitCode, out]).toEqual([2, ''])
  expect(err).toContain(`There is no format "toString".`)
  expect(err).toContain('pretty, json, sarif, github, gitlab, junit')
})

test('what comes on standard input is looked at, and lines for programs are not broken', async () => {
  await using project = await folder()
  const readAll = async () => '\nCREATE TABLE users (id bigint); CREATE TABLE users (id bigint);'
  const { exitCode, out } = await project.at({ readAll, wrap: 20 })('lint', '-', '--format', 'github')
  expect(exitCode).toBe(3)
  expect(out).toMatch(/^::error file=standard input,line=2,title=limbeck always-fails::It fails: [^\n]*\n$/)
})

/** Elements of an XML text that are not closed where they should be; what is no markup at all is named too. */
function unclosed(xml: string): readonly string[] {
  const open: string[] = []
  const wrong: string[] = []
  const token = /<\?[^>]*\?>|<(\/?)(\w[\w-]*)((?:\s[\w-]+="[^"<]*")*)\s*(\/?)>|[<&]/g
  for (const [text, end, name = '', attributes = '', alone] of xml
    .replaceAll(/&(?:amp|lt|gt|quot|#\d+);/g, '')
    .matchAll(token)) {
    const names = [...attributes.matchAll(/([\w-]+)="/g)].map(([, key]) => key)
    if (new Set(names).size < names.length) wrong.push(text)
    if (text.startsWith('<?')) continue
    if (name === '') wrong.push(text)
    else if (end === '/' && open.pop() !== name) wrong.push(text)
    else if (end === '' && alone === '') open.push(name)
  }
  return [...wrong, ...open]
}
