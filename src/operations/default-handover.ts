import { quoteIdentifier } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { regclass, type TableReference, tableName } from './relation.ts'

type ColumnOfTable = TableReference & { readonly column: string }

/**
 * Gives a column the default of another one, with the sequence behind it; an identity becomes that of the new column and
 * goes on where it stood. The tables are locked.
 */
export function handOverDefault(
  source: ColumnOfTable,
  target: ColumnOfTable & { readonly type: string },
): string {
  const alter = ({ column, ...table }: ColumnOfTable) =>
    `ALTER TABLE ${tableName(table)} ALTER COLUMN ${quoteIdentifier(column)}`
  const sequenceOf = ({ column, ...table }: ColumnOfTable) =>
    `pg_get_serial_sequence(${quoteLiteral(tableName(table))}, ${quoteLiteral(column)})::regclass`
  const owner = `${tableName(target)}.${quoteIdentifier(target.column)}`
  return doBlock(`
DECLARE
  source record;
  numbers record;
  next bigint;
  called boolean;
BEGIN
  SELECT attidentity, pg_get_expr(adbin, adrelid) AS expression, ${sequenceOf(source)} AS sequence INTO source
  FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE attrelid = ${regclass({ ...source, name: source.table })} AND attname = ${quoteLiteral(source.column)};
  IF source.attidentity <> '' THEN
    SELECT s.*, c.relname INTO numbers FROM pg_sequence s JOIN pg_class c ON c.oid = seqrelid WHERE seqrelid = source.sequence;
    EXECUTE format('SELECT last_value, is_called FROM %s', source.sequence) INTO next, called;
    ${alter(source)} DROP IDENTITY;
    EXECUTE ${quoteLiteral(`${alter(target)} ADD GENERATED `)} || format('%s AS IDENTITY (SEQUENCE NAME %I INCREMENT %s MINVALUE %s%s START %s CACHE %s %s)',
      CASE source.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, numbers.relname, numbers.seqincrement,
      numbers.seqmin, -- What is the most of its type is the most of another one too.
      CASE WHEN numbers.seqmax NOT IN (32767, 2147483647, 9223372036854775807) THEN format(' MAXVALUE %s', numbers.seqmax) END, numbers.seqstart, numbers.seqcache, CASE WHEN numbers.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END);
    PERFORM setval(${sequenceOf(target)}, next, called);
  ELSIF source.expression IS NOT NULL THEN
    EXECUTE ${quoteLiteral(`${alter(target)} SET DEFAULT `)} || format('(%s)::%s', source.expression, ${quoteLiteral(target.type)});
    IF source.sequence IS NOT NULL THEN
      ${alter(source)} DROP DEFAULT;
      EXECUTE format('ALTER SEQUENCE %s OWNED BY ', source.sequence) || ${quoteLiteral(owner)};
      IF ${quoteLiteral(target.type)}::regtype IN ('smallint'::regtype, 'integer', 'bigint') THEN
        EXECUTE format('ALTER SEQUENCE %s AS %s', source.sequence, ${quoteLiteral(target.type)}::regtype);
      END IF;
    END IF;
  END IF;
END`)
}
