import { alterSequence, dropSequence } from '../../src/operations/registry.ts'
import { further } from './further.ts'

/** Sequences that were made by hand: what `was` says of them is all that there is to say. */
export const furtherSequences = [
  ...further(
    dropSequence,
    {
      given: `CREATE SCHEMA app; CREATE TABLE app.orders (number integer);
        CREATE SEQUENCE app.order_number AS integer INCREMENT 10 MINVALUE 0 MAXVALUE 1000 START 20 CACHE 5 CYCLE
        OWNED BY app.orders.number`,
      fields: {
        schema: 'app',
        name: 'order_number',
        was: {
          as: 'integer',
          increment: 10,
          minValue: 0,
          maxValue: 1000,
          start: 20,
          cache: 5,
          cycle: true,
          ownedBy: { table: 'orders', column: 'number' },
        },
      },
    },
    {
      given: 'CREATE SEQUENCE down INCREMENT -5 MINVALUE -9223372036854775808 START -5',
      fields: { name: 'down', was: { increment: -5, minValue: null, maxValue: null, start: -5 } },
    },
    {
      given: 'CREATE UNLOGGED SEQUENCE visits',
      since: 15,
      fields: { name: 'visits', was: { persistence: 'unlogged' } },
    },
    { given: 'CREATE SEQUENCE visits', fields: { name: 'visits' } },
  ),
  ...further(
    alterSequence,
    {
      given: 'CREATE SEQUENCE s MINVALUE 1000',
      fields: {
        name: 's',
        start: 1,
        minValue: null,
        maxValue: 500,
        restart: true,
        was: { start: 1000, minValue: 1000, maxValue: null },
      },
    },
    {
      given: 'CREATE UNLOGGED SEQUENCE visits',
      since: 15,
      fields: {
        name: 'visits',
        persistence: 'logged',
        cache: 20,
        was: { persistence: 'unlogged', cache: 1 },
      },
    },
    {
      given: 'CREATE SEQUENCE down INCREMENT -1 START -1',
      fields: { name: 'down', start: -20, restart: -10n, was: { start: -1 } },
    },
    { given: 'CREATE SEQUENCE visits', fields: { name: 'visits', cache: 20, start: 4, was: { cache: 1 } } },
  ),
]
