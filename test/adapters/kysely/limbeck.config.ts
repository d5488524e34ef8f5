export default { schema: 'schema.sql' }
