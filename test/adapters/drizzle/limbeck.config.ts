export default { schema: { command: 'npx drizzle-kit export' } }
