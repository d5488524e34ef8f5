import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folder } from './cli/folder.ts'
import { targets } from './servers/databases.ts'

const root = join(import.meta.dirname, '..')
const guide = readFileSync(join(root, 'docs/guide/phases.md'), 'utf8')
const files = ['1_users.ts', '2_email_address.ts', '3_no_email.ts'].map(
  (name) => [name, readFileSync(join(root, 'examples/phases/migrations', name), 'utf8')] as const,
)

test.each(files.slice(1))('the revision %s is in the guide as it runs', (name, text) => {
  expect(guide).toContain(`<!-- examples/phases/migrations/${name} -->\n\`\`\`ts\n${text}\`\`\``)
})

/** The lines of the guide's deploy, without their remarks. */
const commands = (guide.match(/```sh\n(limbeck plan .*?)```/s)?.[1] ?? '')
  .trim()
  .split('\n')
  .map((line) => line.replace(/ *#.*/, ''))

describe.each(targets)('the five commands of the guide on $name', (target) => {
  test('rename a column, and each application finds what the other writes as long as it is there', async () => {
    await using database = await target.open()
    await using project = await folder(
      Object.fromEntries(files.map(([name, text]) => [`migrations/${name}`, text])),
    )
    const limbeck = (...words: readonly string[]) => project.limbeck(...words, '--database-url', database.url)
    await limbeck('upgrade', 'users')
    expect(commands).toHaveLength(5)
    expect(guide).toContain((await limbeck('status')).out.split('\n').slice(1).join('\n'))

    const writes = { old: 'email', new: 'email_address' }
    const write = (application: keyof typeof writes, address: string) =>
      database.query(`INSERT INTO users (${writes[application]}) VALUES ('${address}')`)
    let applications: readonly (keyof typeof writes)[] = ['old']
    for (const [n, command] of commands.entries()) {
      if (command === './deploy-the-application') {
        // It starts, and for a time there are both.
        for (const application of ['old', 'new'] as const) await write(application, `both-${application}@x`)
        const both = await database.query('SELECT FROM users WHERE email IS DISTINCT FROM email_address')
        expect(both).toEqual([])
        applications = ['new']
      } else {
        const [, ...words] = command.split(' ')
        expect(await limbeck(...words)).toMatchObject({ exitCode: 0 })
      }
      for (const application of applications) await write(application, `${n}@x`)
    }
    const kept = await database.query('SELECT email_address FROM users ORDER BY id')
    expect(kept.map((row) => row['email_address'])).toEqual([
      '0@x',
      '1@x',
      'both-old@x',
      'both-new@x',
      '2@x',
      '3@x',
      '4@x',
    ])
  })
})
