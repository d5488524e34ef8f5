import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { globalOptions } from '../../src/cli/options.ts'
import { verbs } from '../../src/cli/verbs.ts'
import { folder } from './folder.ts'

const names = verbs.map(({ name }) => name)

describe('in bash', () => {
  test.each([
    ['the first word is a verb', ['up'], ['upgrade']],
    ['several verbs begin alike', ['he'], ['heads']],
    ['nothing is typed yet', [''], [...names, ...globalOptions.map(({ name }) => `--${name}`), '--version']],
    ['an option of the verb', ['upgrade', '--tr'], ['--transaction']],
    ['an option of every verb', ['status', '--da'], ['--database-url']],
    ['an option that another verb has', ['status', '--tr'], []],
    ['a file, where the value of a global option is due: nothing of ours', ['--config', 'li'], []],
    ['the verb behind global options', ['--config', 'x.ts', '--json', 'downg'], ['downgrade']],
    ['an option behind them', ['--json', 'upgrade', '--tr'], ['--transaction']],
  ])('%s', async (_, words, completed) => {
    expect(await completedByBash(words)).toEqual(completed)
  })
})

describe.each([
  ['bash', '-n'],
  ['zsh', '-n'],
  ['fish', '--no-execute'],
])('the script for %s', (shell, readOnly) => {
  test('names every verb', async () => {
    const script = await completionScript(shell)
    for (const name of names) expect(script).toContain(name)
  })

  test.skipIf(!isInstalled(shell))('is one that the shell reads', async () => {
    await using project = await folder({ script: await completionScript(shell) })
    const file = join(project.directory, 'script')
    const { status, stderr } = spawnSync(shell, [readOnly, file], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['-c', 'exit']).error === undefined
}

async function completionScript(shell: string): Promise<string> {
  await using project = await folder()
  return (await project.limbeck('completion', shell)).out
}

/** What bash offers for the last of these words. */
async function completedByBash(words: readonly string[]): Promise<readonly string[]> {
  const typed = ['limbeck', ...words].map((word) => `'${word}'`).join(' ')
  const { stdout, stderr } = spawnSync('bash', ['--norc'], {
    encoding: 'utf8',
    input: `${await completionScript('bash')}
COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _limbeck; printf '%s\\n' "\${COMPREPLY[@]}"`,
  })
  expect(stderr).toBe('')
  return stdout.split('\n').filter((line) => line !== '')
}
