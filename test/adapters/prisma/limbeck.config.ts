export default {
  // What changes here is dangerous where there is an application, and is to be run.
  lint: 'warn',
  schema: {
    command: 'npx prisma migrate diff --from-empty --to-schema-datamodel schema.prisma --script',
  },
}
