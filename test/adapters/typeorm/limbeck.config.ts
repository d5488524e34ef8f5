export default {
  // What changes here is dangerous where there is an application, and is to be run.
  lint: 'warn',
  schema: {
    async make(client: object) {
      const { default: source } = await import('./data-source.ts')
      source.setOptions({ extra: client })
      await source.initialize()
      // TypeORM makes tables in a schema, and no schema.
      await source.query('CREATE SCHEMA shop')
      await source.synchronize()
      await source.destroy()
    },
  },
}
