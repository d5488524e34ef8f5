export default {
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
