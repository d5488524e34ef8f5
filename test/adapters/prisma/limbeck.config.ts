export default {
  schema: {
    command: 'npx prisma migrate diff --from-empty --to-schema-datamodel schema.prisma --script',
  },
}
