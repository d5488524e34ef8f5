import {
  alterForeignDataWrapper,
  type CreateForeignDataWrapper,
  createForeignDataWrapper,
} from '../operations/foreign-data-wrapper.ts'
import { changedFields } from './change.ts'
import { foreignOptionChanges, foreignOptionsOf } from './foreign-options.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'
import { functionReferenceOf, type ObjectNameRow, objectNameRow } from './object-name.ts'
import { made } from './scope.ts'

type Found = {
  readonly name: string
  readonly handler: ObjectNameRow | null
  readonly validator: ObjectNameRow | null
  readonly options: readonly string[] | null
}

export const foreignDataWrapper = objectKind<CreateForeignDataWrapper, Found>({
  kind: 'foreign data wrapper',
  traces: made('pg_foreign_data_wrapper'),
  query: ({
    ofNoExtension,
  }) => `SELECT 'pg_foreign_data_wrapper'::regclass::oid AS classid, f.oid AS objid, 0 AS objsubid,
      f.fdwname AS name, ${objectNameRow('function', 'f.fdwhandler')} AS handler, ${objectNameRow('function', 'f.fdwvalidator')} AS validator, f.fdwoptions AS options
    FROM pg_foreign_data_wrapper f WHERE ${ofNoExtension('pg_foreign_data_wrapper', 'f.oid')} ORDER BY f.fdwname`,
  read: ({ name, handler, validator, options }, { inSchema }) => ({
    key: keyOf('foreign data wrapper', name),
    reference: { foreignDataWrapper: name },
    fields: {
      name,
      ...(handler === null ? {} : { handler: functionReferenceOf(handler, inSchema) }),
      ...(validator === null ? {} : { validator: functionReferenceOf(validator, inSchema) }),
      ...foreignOptionsOf(options),
    },
  }),
  create: (fields) => [createForeignDataWrapper(fields)],
  change({ options: before, ...old }, { options: after, ...now }) {
    const options = foreignOptionChanges(before, after)
    const { was, ...functions } = changedFields(old, now, { handler: null, validator: null })
    return [
      alterForeignDataWrapper({
        name: now.name,
        ...functions,
        ...(options === null ? {} : { options: options.changes }),
        was: { ...was, ...(options === null ? {} : { options: options.was }) },
      }),
    ]
  },
})
