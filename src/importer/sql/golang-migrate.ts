import { golangMigrate as golangMigrateTool } from '../../takeover/golang-migrate.ts'
import { revisionIdOf } from '../../takeover/revision-id.ts'
import { dateOf, messageOf } from './file-name.ts'
import type { ForeignMigration, SourceFile, SqlFormat } from './format.ts'
import { wholeFile, wholeFileIfAny } from './whole-file.ts'

const fileName = /^(\d+)_([^/]*)\.(up|down)\.sql$/

/** Two files a migration, `1_name.up.sql` and `1_name.down.sql`; a version is the number, without leading zeros. */
export const golangMigrate: SqlFormat = {
  tool: golangMigrateTool,
  detect: (files) => files.some(({ path }) => fileName.test(path)),
  read(files) {
    const named = files.filter(({ path }) => fileName.test(path))
    const byVersion = Map.groupBy(named, ({ path }) => BigInt(fileName.exec(path)?.[1] ?? 0))
    return {
      migrations: [...byVersion].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(migrationOf),
      passedOver: files
        .filter((file) => file.path.endsWith('.sql') && !named.includes(file))
        .map(({ path }) => ({ file: path, line: null, reason: 'its name is not VERSION_NAME.up.sql.' })),
    }
  },
}

function migrationOf([version, files]: [bigint, readonly SourceFile[]]): readonly ForeignMigration[] {
  const direction = (name: string) => files.find(({ path }) => fileName.exec(path)?.[3] === name)
  const [up, down] = [direction('up'), direction('down')]
  const [, number = '', words = ''] = fileName.exec((up ?? down)?.path ?? '') ?? []
  return [
    {
      id: revisionIdOf(String(version)),
      fileName: `${number}_${words}`,
      message: messageOf(words),
      createDate: dateOf(number),
      // Where there is nothing to run, there may be no file.
      upgrade: up === undefined ? { file: down?.path ?? '', line: 1, text: '' } : wholeFile(up),
      downgrade: wholeFileIfAny(down),
    },
  ]
}
