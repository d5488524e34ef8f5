import { number, plain, sized, type TypeMaker } from './type-makers.ts'
import { sqlType } from './types.ts'

/** Types of well-known packages, as they compile for PostgreSQL. */
const foreignTypes: { readonly [name: string]: TypeMaker } = {
  'sqlalchemy_utils.EmailType': sizedBy('length', 0, 255),
  'sqlalchemy_utils.UUIDType': plain('uuid'),
  'sqlalchemy_utils.JSONType': () => ({ text: 'json', affinity: 'other', literal: 'json' }),
  'sqlalchemy_utils.TSVectorType': plain('tsvector'),
  'sqlalchemy_utils.IPAddressType': sizedBy('max_length', 0, 50),
  'sqlalchemy_utils.ArrowType': plain('timestamp'),
  'sqlalchemy_utils.PasswordType': own('bytea'),
  'sqlalchemy_utils.EncryptedType': own('bytea'),
  'sqlalchemy_utils.StringEncryptedType': ({ named }) => ({
    text: named.has('length') ? `varchar(${number(named.get('length') ?? null)})` : 'varchar',
    affinity: 'other',
    literal: 'own',
  }),
  'sqlalchemy_utils.URLType': plain('text'),
  'sqlalchemy_utils.LtreeType': plain('ltree'),
  'sqlalchemy_utils.ColorType': sizedBy('max_length', 0, 20),
  'sqlalchemy_utils.PhoneNumberType': sizedBy('max_length', 1, 20),
  'sqlalchemy_utils.TimezoneType': own('varchar(50)'),
  'sqlalchemy_utils.CountryType': own('varchar(2)'),
  'sqlalchemy_utils.CurrencyType': own('varchar(3)'),
  'sqlalchemy_utils.LocaleType': own('varchar(10)'),
  'sqlalchemy_utils.ScalarListType': own('text'),
  'sqlalchemy_utils.IntRangeType': plain('int4range'),
  'sqlalchemy_utils.Int8RangeType': plain('int8range'),
  'sqlalchemy_utils.NumericRangeType': plain('numrange'),
  'sqlalchemy_utils.DateRangeType': plain('daterange'),
  'sqlalchemy_utils.DateTimeRangeType': plain('tsrange'),
  'sqlalchemy_utils.ChoiceType': ({ positional, named }) => {
    const impl = positional[1] ?? named.get('impl') ?? null
    return {
      ...(impl === null ? { text: 'varchar(255)', affinity: 'other' } : sqlType(impl)),
      literal: 'own',
    }
  },
  'pgvector.sqlalchemy.Vector': sized('vector', ['dim']),
  'pgvector.sqlalchemy.VECTOR': sized('vector', ['dim']),
  'citext.CIText': plain('citext'),
  'fastapi_users_db_sqlalchemy.generics.GUID': plain('uuid'),
  'fastapi_users_db_sqlalchemy.GUID': plain('uuid'),
  'fastapi_users_db_sqlalchemy.generics.TIMESTAMPAware': plain('timestamptz'),
  'sqlmodel.AutoString': sized('varchar'),
  'sqlmodel.sql.sqltypes.AutoString': sized('varchar'),
  'sqlmodel.sql.sqltypes.GUID': plain('uuid'),
  'geoalchemy2.types.Geometry': geometry('geometry'),
  'geoalchemy2.Geometry': geometry('geometry'),
  'geoalchemy2.types.Geography': geometry('geography'),
  'geoalchemy2.Geography': geometry('geography'),
}

/** The one name of a type that may be imported from the module that has it: `sqlalchemy_utils.types.email.EmailType`. */
export function foreignType(name: string): TypeMaker | undefined {
  const own = name.startsWith('sqlalchemy_utils.') ? `sqlalchemy_utils.${name.split('.').at(-1)}` : name
  return Object.hasOwn(foreignTypes, own) ? foreignTypes[own] : undefined
}

/** A text with a length by place or name, or the usual one. */
function sizedBy(parameter: string, place: number, usual: number): TypeMaker {
  return ({ positional, named }) => {
    const size = positional[place] ?? named.get(parameter) ?? usual
    return { text: `varchar(${number(size)})`, affinity: 'other', literal: 'own' }
  }
}

/** A type that stores something else than it is given. */
function own(text: string): TypeMaker {
  return () => ({ text, affinity: 'other', literal: 'own' })
}

function geometry(text: string): TypeMaker {
  return (called) => {
    const kind = called.positional[0] ?? called.named.get('geometry_type') ?? 'GEOMETRY'
    const srid = called.positional[1] ?? called.named.get('srid') ?? -1
    if (kind === null) return { text, affinity: 'other' }
    return { text: `${text}(${String(kind)},${number(srid)})`, affinity: 'other' }
  }
}
