import {
  alterForeignDataWrapper,
  type CreateForeignDataWrapper,
  createForeignDataWrapper,
} from '../operations/foreign-data-wrapper.ts'
import type { FunctionReference } from '../operations/relation.ts'
import { changedFields } from './change.ts'
import { foreignOptionChanges, foreignOptionsOf } from './foreign-options.ts'
import { keyOf } from './key.ts'
import { objectKind, type Reading } from './object-kind.ts'

type QualifiedName = readonly [schema: string, name: string]

type Found = {
  readonly name: string
  readonly handler: QualifiedName | null
  readonly validator: QualifiedName | null
  readonly options: readonly string[] | null
}

const functionOf = (oid: string) =>
  `(SELECT json_build_array(nspname, proname) FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace WHERE p.oid = ${oid})`

export const foreignDataWrapper = objectKind<CreateForeignDataWrapper, Found>({
  kind: 'foreign data wrapper',
  query: ({
    ofNoExtension,
  }) => `SELECT 'pg_foreign_data_wrapper'::regclass::oid AS classid, f.oid AS objid, 0 AS objsubid,
      f.fdwname AS name, ${functionOf('f.fdwhandler')} AS handler, ${functionOf('f.fdwvalidator')} AS validator, f.fdwoptions AS options
    FROM pg_foreign_data_wrapper f WHERE ${ofNoExtension('pg_foreign_data_wrapper', 'f.oid')} ORDER BY f.fdwname`,
  read: ({ name, handler, validator, options }, { inSchema }) => ({
    key: keyOf('foreign data wrapper', name),
    reference: { foreignDataWrapper: name },
    fields: {
      name,
      ...(handler === null ? {} : { handler: reference(handler, inSchema) }),
      ...(validator === null ? {} : { validator: reference(validator, inSchema) }),
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

function reference([schema, name]: QualifiedName, inSchema: Reading['inSchema']): FunctionReference {
  return { ...(schema === 'pg_catalog' ? {} : inSchema(schema)), function: name }
}
