import { isDeepStrictEqual } from 'node:util'
import {
  type Attribute,
  alterCompositeType,
  type CreateCompositeType,
  createCompositeType,
} from '../operations/composite-type.ts'
import { isOf, withFields } from '../operations/operation.ts'
import { inSchema } from '../operations/relation.ts'
import { columnKey, relationKey, typeKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { type ObjectNameRow, objectNameOf, objectNameRow, placeOf } from './object-name.ts'
import { renamable } from './renaming.ts'
import { made } from './scope.ts'
import { typeName } from './type-name.ts'

type CompositeType = Omit<CreateCompositeType, 'attributes'>

type Found = {
  readonly schema: string
  readonly name: string
  /** Whether the bare name finds it. */
  readonly visible: boolean
  /** Schemas and names of the types that its attributes have, or are arrays of. */
  readonly types: readonly (readonly [schema: string, name: string])[] | null
}

/** A composite type without its attributes, which are objects of their own. Its row of pg_class is a part of that of pg_type. */
export const compositeType = objectKind<CompositeType, Found>({
  kind: 'composite type',
  traces: made('pg_class', "relkind = 'c'"),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_type'::regclass::oid AS classid, c.reltype AS objid, 0 AS objsubid, n.nspname AS schema, c.relname AS name, pg_type_is_visible(c.reltype) AS visible,
      (SELECT json_agg(json_build_array(tn.nspname, t.typname) ORDER BY a.attnum) FROM pg_attribute a
        JOIN pg_type own ON own.oid = a.atttypid
        JOIN pg_type t ON t.oid = CASE WHEN own.typlen = -1 AND own.typelem <> 0 THEN own.typelem ELSE own.oid END
        JOIN pg_namespace tn ON tn.oid = t.typnamespace
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND tn.nspname <> 'pg_catalog') AS types
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'c' AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_type', 'c.reltype')}
    ORDER BY n.nspname, c.relname`,
  read: ({ schema, name, visible, types }, { inSchema }) => ({
    key: relationKey(schema, name),
    reference: { ...placeOf({ schema, name, visible }, inSchema), type: name },
    // An attribute whose type has to go is made again with the whole type: by itself it would lose values unnoticed.
    needs: (types ?? []).flatMap(([of, type]) => [relationKey(of, type), typeKey(of, type)]),
    fields: { ...placeOf({ schema, name, visible }, inSchema), name },
  }),
  ...renamable<CompositeType>(),
  create: (fields) => [createCompositeType({ ...fields, attributes: [] })],
  change: () => [],
})

type TypeAttribute = {
  readonly schema?: string
  readonly type: string
  readonly attribute: Attribute
  /** There are tables OF the type: they change with it, or PostgreSQL refuses. */
  readonly cascade?: true
}

type FoundAttribute = {
  readonly schema: string
  readonly type: string
  /** Whether the bare name finds the type. */
  readonly visible: boolean
  readonly name: string
  readonly attribute_type: string
  readonly collation: ObjectNameRow | null
  readonly of_tables: boolean
}

export const attribute = objectKind<TypeAttribute, FoundAttribute>({
  kind: 'attribute',
  traces: made('pg_class', "relkind = 'c'"),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, a.attnum AS objsubid, n.nspname AS schema, c.relname AS type, pg_type_is_visible(c.reltype) AS visible,
      a.attname AS name, format_type(a.atttypid, a.atttypmod) AS attribute_type,
      CASE WHEN a.attcollation <> t.typcollation THEN ${objectNameRow('collation', 'a.attcollation')} END AS collation,
      EXISTS (SELECT FROM pg_class typed WHERE typed.reloftype = c.reltype) AS of_tables
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relkind = 'c' AND a.attnum > 0 AND NOT a.attisdropped AND ${isOurs('n.nspname')} AND ${ofNoExtension('pg_type', 'c.reltype')}
    ORDER BY n.nspname, c.relname, a.attnum`,
  read: ({ schema, type, visible, name, attribute_type, collation, of_tables }, { inSchema }) => ({
    key: columnKey(schema, type, name),
    parent: relationKey(schema, type),
    reference: { column: { ...inSchema(schema), table: type, name } },
    fields: {
      ...placeOf({ schema, name: type, visible }, inSchema),
      type,
      attribute: {
        name,
        type: typeName(attribute_type),
        ...(collation === null ? {} : { collation: objectNameOf(collation, inSchema) }),
      },
      ...(of_tables ? { cascade: true } : {}),
    },
  }),
  create: ({ attribute, ...of }) => [alterCompositeType({ ...alteredType(of), add: [attribute] })],
  change(before, after) {
    if (isDeepStrictEqual(before.attribute, after.attribute)) return []
    const cascade = before.cascade === true || after.cascade === true
    return [
      alterCompositeType({
        ...alteredType({ ...after, ...(cascade ? { cascade } : {}) }),
        alter: [after.attribute],
        was: { attributes: [before.attribute] },
      }),
    ]
  },
  disturbs: (before, after) => !isDeepStrictEqual(before.attribute, after.attribute),
  fold(into, { schema, type, attribute }) {
    if (!isOf(createCompositeType, into) || into.name !== type || into.schema !== schema) return null
    return withFields(into, { attributes: [...into.attributes, attribute] })
  },
})

function alteredType({ schema, type, cascade }: Omit<TypeAttribute, 'attribute'>) {
  return {
    ...inSchema({ schema }),
    name: type,
    ...(cascade === undefined ? {} : { cascade }),
  }
}
