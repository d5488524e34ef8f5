import { isOf, withFields } from '../operations/operation.ts'
import { alterPublication, type CreatePublication, createPublication } from '../operations/publication.ts'
import type { PublicationOptions, PublishedTable } from '../operations/publication-definition.ts'
import { changedFields } from './change.ts'
import { keyOf, relationKey, schemaKey } from './key.ts'
import { objectKind } from './object-kind.ts'
import { printedSql } from './printed.ts'
import { made } from './scope.ts'

type Publication = PublicationOptions & { readonly name: string; readonly allTables?: true }

type Found = {
  readonly name: string
  readonly all_tables: boolean
  readonly insert: boolean
  readonly update: boolean
  readonly delete: boolean
  readonly truncate: boolean
  readonly via_root: boolean
  readonly generated: boolean
}

const publicationKey = (name: string) => keyOf('publication', name)

/** A publication without what it sends: the tables come and go without it. */
export const publication = objectKind<Publication, Found>({
  kind: 'publication',
  traces: made('pg_publication'),
  query: ({
    major,
    ofNoExtension,
  }) => `SELECT 'pg_publication'::regclass::oid AS classid, p.oid AS objid, 0 AS objsubid,
      p.pubname AS name, p.puballtables AS all_tables, p.pubinsert AS insert, p.pubupdate AS update, p.pubdelete AS delete,
      p.pubtruncate AS truncate, p.pubviaroot AS via_root, ${major < 18 ? 'false' : "p.pubgencols <> 'n'"} AS generated
    FROM pg_publication p WHERE ${ofNoExtension('pg_publication', 'p.oid')} ORDER BY p.pubname`,
  read: ({ name, all_tables, via_root, generated, ...row }) => ({
    key: publicationKey(name),
    reference: { publication: name },
    fields: {
      name,
      ...(all_tables ? { allTables: true } : {}),
      ...(everything.every((change) => row[change])
        ? {}
        : { publish: everything.filter((change) => row[change]) }),
      ...(via_root ? { publishViaPartitionRoot: true } : {}),
      ...(generated ? { publishGeneratedColumns: 'stored' } : {}),
    },
  }),
  create: (fields) => [createPublication(fields as CreatePublication)],
  change(before, after) {
    if (before.allTables !== after.allTables) return null
    const { was, ...set } = changedFields(before, after, {
      publish: everything,
      publishViaPartitionRoot: false,
      publishGeneratedColumns: 'none',
    })
    return [alterPublication({ name: after.name, set, was })]
  },
})

const everything = ['insert', 'update', 'delete', 'truncate'] as const

type Published = { readonly name: string; readonly table: PublishedTable }

type FoundTable = {
  readonly name: string
  readonly schema: string
  readonly table: string
  readonly has_children: boolean
  readonly columns: readonly string[] | null
  readonly filter: string | null
}

/** A table that a publication sends. It is dropped from it, and not the publication itself, where the table goes or its filter cannot stay. */
export const publishedTable = objectKind<Published, FoundTable>({
  kind: 'published table',
  traces: made('pg_publication'),
  query: ({
    major,
    isOurs,
  }) => `SELECT 'pg_publication_rel'::regclass::oid AS classid, r.oid AS objid, 0 AS objsubid,
      p.pubname AS name, n.nspname AS schema, c.relname AS table,
      c.relkind = 'r' AND EXISTS (SELECT FROM pg_inherits WHERE inhparent = c.oid) AS has_children,
      ${major < 15 ? 'NULL::text[]' : columns} AS columns, ${major < 15 ? 'NULL' : 'pg_get_expr(r.prqual, r.prrelid)'} AS filter
    FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid
    JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${isOurs('n.nspname')} ORDER BY p.pubname, n.nspname, c.relname`,
  read: ({ name, schema, table, has_children, columns, filter }, { inSchema }) => ({
    key: keyOf('published table', name, schema, table),
    parent: publicationKey(name),
    needs: [relationKey(schema, table)],
    fields: {
      name,
      table: {
        ...inSchema(schema),
        table,
        // Its children are published each by itself, where they are.
        ...(has_children ? { only: true } : {}),
        ...(columns === null ? {} : { columns }),
        ...(filter === null ? {} : { where: printedSql(filter) }),
      },
    },
  }),
  create: ({ name, table }) => [alterPublication({ name, add: { tables: [table] } })],
  change: () => null,
  fold(into, { table }) {
    if (!isOf(createPublication, into) || into.allTables === true) return null
    return withFields(into, { tables: [...(into.tables ?? []), table] })
  },
})

/** PostgreSQL keeps them in the order of the table's, which is not compared. */
const columns = `(SELECT array_agg(a.attname::text ORDER BY a.attname) FROM unnest(r.prattrs::int2[]) listed(attnum)
        JOIN pg_attribute a ON a.attrelid = r.prrelid AND a.attnum = listed.attnum)`

type PublishedSchema = { readonly name: string; readonly published: string }

/** A schema of which a publication sends all tables, from PostgreSQL 15 on. */
export const publishedSchema = objectKind<
  PublishedSchema,
  { readonly name: string; readonly schema: string }
>({
  kind: 'published schema',
  traces: made('pg_publication'),
  query: ({ major, isOurs }) =>
    major < 15
      ? 'SELECT WHERE false'
      : `SELECT 'pg_publication_namespace'::regclass::oid AS classid, r.oid AS objid, 0 AS objsubid, p.pubname AS name, n.nspname AS schema
    FROM pg_publication_namespace r JOIN pg_publication p ON p.oid = r.pnpubid JOIN pg_namespace n ON n.oid = r.pnnspid
    WHERE ${isOurs('n.nspname')} ORDER BY p.pubname, n.nspname`,
  read: ({ name, schema }) => ({
    key: keyOf('published schema', name, schema),
    parent: publicationKey(name),
    needs: [schemaKey(schema)],
    fields: { name, published: schema },
  }),
  create: ({ name, published }) => [alterPublication({ name, add: { schemas: [published] } })],
  change: () => null,
  fold(into, { published }) {
    if (!isOf(createPublication, into) || into.allTables === true) return null
    return withFields(into, { schemas: [...(into.schemas ?? []), published] })
  },
})
