import { expect } from 'vitest'
import { type Folder, folder } from '../../cli/folder.ts'

/** A folder of another tool's, as it is imported: what the person reads, and each file that is written. */
export async function imported(
  files: { readonly [path: string]: string },
  ...words: readonly string[]
): Promise<Folder & { readonly out: string; readonly exitCode: number; all(): Promise<string> }> {
  const project = await folder(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`db/${path}`, text])),
  )
  const { exitCode, out, err } = await project.limbeck('import', 'sql', 'db', ...words)
  expect(err).toBe('')
  return {
    ...project,
    exitCode,
    out,
    async all() {
      const names = out.matchAll(/migrations\/\S+\.(?:sql|ts)/g)
      const texts = [...names].map(async ([name]) => `==> ${name}\n${await project.read(name)}`)
      return (await Promise.all(texts)).join('\n')
    },
  }
}
