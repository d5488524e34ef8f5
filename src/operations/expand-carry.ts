import { derivedName, quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { copyConstraintsProcedure } from './constraint-copy.ts'
import { type Expansion, sameValue } from './expansion.ts'
import { copyIndexesProcedure } from './index-copy.ts'
import { type Procedure, type Statement, statement } from './operation.ts'
import { regclass, type TableReference, tableName } from './relation.ts'

/** What a column of the same value gets of the old one. One that is only renamed is held by the old one's constraints. */
export function carryOver(expansion: Expansion): readonly (Procedure | Statement)[] {
  const same = sameValue(expansion)
  if (same === null) return []
  return [
    copyIndexesProcedure(same),
    ...(typeof expansion.to === 'string' ? [] : [copyConstraintsProcedure(same)]),
    ...keepNotNull(same),
  ]
}

/** NOT NULL for the new column if the old one has it, in the three short steps of `setNotNull`. */
function keepNotNull(
  fields: TableReference & { readonly from: string; readonly to: string },
): readonly Statement[] {
  const alter = `ALTER TABLE ${tableName(fields)}`
  const to = quoteIdentifier(fields.to)
  const proof = quoteIdentifier(derivedName(fields.table, fields.to, 'not_null_proof'))
  return [
    statement(
      ifNotNull(fields, `${alter} ADD CONSTRAINT ${proof} CHECK (${to} IS NOT NULL) NOT VALID;`),
      'own',
      'not null, not valid yet',
    ),
    statement(ifNotNull(fields, `${alter} VALIDATE CONSTRAINT ${proof};`), 'own', 'not null, validate'),
    statement(
      ifNotNull(fields, `${alter} ALTER COLUMN ${to} SET NOT NULL;\n    ${alter} DROP CONSTRAINT ${proof};`),
      'own',
      'not null',
    ),
  ]
}

function ifNotNull(fields: TableReference & { readonly from: string }, then: string): string {
  return doBlock(`
BEGIN
  IF (SELECT attnotnull FROM pg_attribute
    WHERE attrelid = ${regclass({ ...fields, name: fields.table })} AND attname = ${quoteLiteral(fields.from)})
  THEN
    ${then}
  END IF;
END`)
}
