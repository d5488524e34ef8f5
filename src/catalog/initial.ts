import { schemaKey } from './key.ts'
import { kinds } from './kinds.ts'
import type { Snapshot } from './snapshot.ts'

/** What is in every new database of the same server as this one: the schema `public`, as far as it is still there. Whose it is depends on who has made the server. */
export function initialSnapshot(snapshot: Snapshot, major: number): Snapshot {
  const given = snapshot.get(schemaKey('public'))
  if (given === undefined) return new Map()
  const everyone = `privileges of PUBLIC on ${given.key}`
  const granted = [...snapshot.values()].some(({ kind }) => kinds.get(kind)?.about === 'privileges')
  return new Map([
    [given.key, given],
    ...(granted
      ? [
          [
            everyone,
            {
              kind: 'privilege',
              key: everyone,
              parent: given.key,
              needs: [given.key],
              fields: {
                on: { schema: 'public' },
                to: 'PUBLIC',
                // Since 15 not everyone may make objects there.
                privileges: major < 15 ? ['create', 'usage'] : ['usage'],
                grantable: [],
              },
            },
          ] as const,
        ]
      : []),
  ])
}
