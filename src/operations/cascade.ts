import { type Directive, type Irreversible, unknownBefore } from './operation.ts'

type Drop<Was> = { readonly cascade?: boolean | undefined; readonly was?: Was | undefined }

/** What undoes a drop: what it was is made again, unless that is not known, or CASCADE took along what nobody knows. */
export function inverseOfDrop<Was>(
  { cascade, was }: Drop<Was>,
  { what, operation }: { readonly what: string; readonly operation: string },
  again: (was: Was) => readonly Directive[],
): readonly Directive[] | Irreversible {
  if (cascade === true) return { irreversible: `What depended on ${what} is not known.` }
  return was === undefined ? unknownBefore(what, operation) : again(was)
}

/** What a drop with CASCADE takes along, as `loses` says it. */
export function cascadeLoss(fields: Drop<unknown>, what: string): readonly string[] {
  return fields.cascade === true ? [`everything that uses ${what}`] : []
}

/** The word behind a drop. */
export function cascadeClause(fields: Drop<unknown>): string | false {
  return fields.cascade === true && 'CASCADE'
}
