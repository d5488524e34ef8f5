import { describe, expect, test } from 'vitest'
import { chain } from './folder.ts'
import { sample } from './sample.ts'

const renaming = chain({
  users: {
    upgrade: `  op.createTable({
    name: 'users',
    columns: [{ name: 'id', type: 'int', primaryKey: true }, { name: 'email', type: 'text' }],
  })`,
  },
  phone: { upgrade: `  op.addColumn({ table: 'users', column: { name: 'phone', type: 'text' } })` },
  email_1: { upgrade: `  op.expandColumn({ table: 'users', from: 'email', to: 'email_address' })` },
  email_2: { upgrade: `  op.contractColumn({ table: 'users', from: 'email', to: 'email_address' })` },
  teams: { upgrade: `  op.createTable({ name: 'teams', columns: [] })` },
  no_phone: { upgrade: `  op.dropColumn({ table: 'users', name: 'phone', was: { type: 'text' } })` },
})

/** The sample, with the table there; and what a command says, without the name of the database. */
async function open() {
  const project = await sample(renaming)
  await project.limbeck('upgrade', 'users')
  return {
    ...project,
    async says(...words: readonly string[]) {
      const { out } = await project.limbeck(...words)
      return out.replaceAll(project.database.url, 'DATABASE').replaceAll(/in \d+(\.\d+)? m?s/g, 'in 1 ms')
    },
  }
}

const borders = `── before the new application is out ─────── limbeck upgrade --phase expand
  phone  About phone.
  email_1  About email_1.
── after the new application is out ──────── limbeck upgrade --phase contract
  email_2  About email_2.
── before the next application is out ────── in a later deploy
  teams  About teams.
── after the next application is out ─────── in a later deploy
  no_phone  About no_phone.
`

describe('the border between what runs before the new application is out and what after it', () => {
  test('is in status, and is left out where all may run before', async () => {
    await using project = await open()
    expect(await project.says('status')).toContain(`5 revisions pending\n${borders}`)
    await using harmless = await sample(chain({ users: {}, phone: {} }))
    const { out } = await harmless.limbeck('status')
    expect(out).toContain('2 revisions pending\n  users  About users.\n  phone  About phone.\n')
  })

  test('is in plan, with what makes a revision a contract', async () => {
    await using project = await open()
    const text = await project.says('plan', '--no-sql')
    expect(
      text.match(/^(──.*|\w+ {2}About.*|.*phase.*)$/gm)?.map((line) => line.replace(/ {2}migrations.*/, '')),
    ).toEqual([
      '── before the new application is out ─────── limbeck upgrade --phase expand',
      'phone  About phone.',
      'email_1  About email_1.',
      '── after the new application is out ──────── limbeck upgrade --phase contract',
      'email_2  About email_2.',
      '  phase  contract, by contract column users.email to email_address (line 9)',
      '── before the next application is out ────── in a later deploy',
      'teams  About teams.',
      '── after the next application is out ─────── in a later deploy',
      'no_phone  About no_phone.',
      '  phase  contract, by drop column users.phone (line 9)',
    ])
    expect(await project.says('plan', 'email_1')).not.toContain('──')
  })

  test('is in history, for what is pending', async () => {
    await using project = await open()
    const text = await project.says('history', '-iv')
    expect(text.match(/^(\w+) .*|pending.*/gm)).toEqual([
      'no_phone (head)  About no_phone.',
      'pending    after the next application is out',
      'teams  About teams.',
      'pending    before the next application is out',
      'email_2  About email_2.',
      'pending    after the new application is out',
      'email_1  About email_1.',
      'pending    before the new application is out',
      'phone  About phone.',
      'pending    before the new application is out',
      'users  About users.',
    ])
  })
})

describe('upgrade --phase', () => {
  test('says what it has done, and what waits for what', async () => {
    await using project = await open()
    expect(await project.says('upgrade', '--phase', 'expand')).toBe(`✓ 2 revisions applied in 1 ms DATABASE

3 revisions wait
── after the new application is out ──────── limbeck upgrade --phase contract
  email_2  About email_2.
      contract column users.email to email_address (line 9)
── before the next application is out ────── in a later deploy
  teams  About teams.
      comes after email_2
── after the next application is out ─────── in a later deploy
  no_phone  About no_phone.
      drop column users.phone (line 9)
! The new application may need what waits behind a contract: teams
`)
    expect(await project.says('upgrade', '--phase', 'expand')).toContain(
      'Nothing to do in this phase: everything of it is applied. DATABASE\n\n3 revisions wait\n',
    )
    expect(await project.report('upgrade', '--phase', 'contract')).toMatchObject({
      applied: [{ id: 'email_2' }],
      waiting: [
        { id: 'teams', phase: 'expand', turn: 2, because: 'comes after email_2' },
        { id: 'no_phone', phase: 'contract', turn: 3, because: 'drop column users.phone (line 9)' },
      ],
    })
  })

  test('has exit code 3 where an expand revision is left behind a contract, and 0 where contracts alone are left', async () => {
    await using project = await open()
    expect(await project.limbeck('upgrade', 'no_phone', '--phase', 'expand')).toMatchObject({ exitCode: 3 })
    expect(await project.limbeck('upgrade', 'email_2', '--phase', 'expand')).toMatchObject({ exitCode: 0 })
    expect(await project.limbeck('upgrade', '--phase', 'contract')).toMatchObject({ exitCode: 0 })
  })

  test('contract before expand is refused, and says what to do', async () => {
    await using project = await open()
    const { exitCode, err, out } = await project.limbeck('upgrade', '--phase', 'contract', '--json')
    expect([exitCode, err]).toEqual([1, ''])
    expect(JSON.parse(out)).toMatchObject({
      error: {
        code: 'EXPAND_PENDING',
        message: 'These 2 revisions belong before the new application, and are not applied: phone, email_1.',
      },
    })
  })

  test('takes no other phase', async () => {
    await using project = await open()
    const { exitCode, err } = await project.limbeck('upgrade', '--phase', 'later')
    expect([exitCode, err]).toEqual([2, expect.stringContaining('--phase cannot be "later".')])
    expect(err).toContain('Say "expand" or "contract".')
  })
})

describe('revision --phase', () => {
  test.each([
    ['ts', "export const createDate = '…'\nexport const phase = 'contract'\n\nexport function upgrade"],
    ['js', "export const createDate = '…'\nexport const phase = 'contract'\n\n/** @param"],
    ['sql', '-- create_date: …\n-- phase: contract\n\n-- upgrade'],
  ])('writes it into the header of a %s file', async (template, lines) => {
    await using project = await open()
    const made = (await project.report('revision', '-m', 'end', '-t', template, '--phase', 'contract')) as {
      readonly id: string
      readonly file: string
    }
    const text = await project.read(made.file.slice(project.directory.length + 1))
    expect(text.replaceAll(/\d{4}-\d\d-\d\dT[\d:]+Z/g, '…')).toContain(lines)
    expect(await project.report('show', made.id)).toMatchObject([{ id: made.id, phase: 'contract' }])
  })

  test('left out, it is not there, and the operations imply it', async () => {
    await using project = await open()
    const made = (await project.report('revision', '-m', 'end')) as { readonly file: string }
    expect(await project.read(made.file.slice(project.directory.length + 1))).not.toContain('phase')
  })
})
