import { spawnSync } from 'node:child_process'
import { LimbeckError } from '../error.ts'

/** A command that the project runs on a new file failed. The file is there as it was written. */
export class AfterWriteFailed extends LimbeckError {
  readonly code = 'AFTER_WRITE_FAILED'
  readonly file: string
  readonly command: string

  constructor(file: string, command: string, output: string) {
    super(`${file} is written, but "${command}" failed on it: ${output}`, {
      hint: 'Mend the command in "afterWrite" of the config file; the file itself is complete.',
    })
    this.file = file
    this.command = command
  }
}

/** Runs a project's commands on a file that was written, such as its formatter, in the shell; `{file}` is the file's path. */
export function runAfterWrite(
  commands: readonly string[],
  { file, directory }: { readonly file: string; readonly directory: string },
): void {
  for (const command of commands) {
    const { status, error, stdout, stderr } = spawnSync(command.replaceAll('{file}', JSON.stringify(file)), {
      shell: true,
      cwd: directory,
      encoding: 'utf8',
    })
    if (status !== 0) throw new AfterWriteFailed(file, command, (error?.message ?? (stderr || stdout)).trim())
  }
}
