import { number, plain, sized, type TypeMaker } from './type-makers.ts'

/** Types of well-known packages, as they compile for PostgreSQL. */
export const foreignTypes: { readonly [name: string]: TypeMaker } = {
  'sqlalchemy_utils.EmailType': sized('varchar', ['length']),
  'sqlalchemy_utils.UUIDType': plain('uuid'),
  'sqlalchemy_utils.JSONType': plain('json'),
  'sqlalchemy_utils.TSVectorType': plain('tsvector'),
  'sqlalchemy_utils.IPAddressType': plain('varchar(50)'),
  'sqlalchemy_utils.ArrowType': plain('timestamp'),
  'sqlalchemy_utils.PasswordType': plain('bytea'),
  'sqlalchemy_utils.URLType': plain('text'),
  'sqlalchemy_utils.LtreeType': plain('ltree'),
  'sqlalchemy_utils.types.uuid.UUIDType': plain('uuid'),
  'sqlalchemy_utils.types.ts_vector.TSVectorType': plain('tsvector'),
  'sqlalchemy_utils.types.json.JSONType': plain('json'),
  'sqlalchemy_utils.types.arrow.ArrowType': plain('timestamp'),
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

function geometry(text: string): TypeMaker {
  return (called) => {
    const kind = called.positional[0] ?? called.named.get('geometry_type') ?? 'GEOMETRY'
    const srid = called.positional[1] ?? called.named.get('srid') ?? -1
    if (kind === null) return { text, affinity: 'other' }
    return { text: `${text}(${String(kind)},${number(srid)})`, affinity: 'other' }
  }
}
