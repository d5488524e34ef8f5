import { family, partitioned } from './partitions.ts'
import {
  comment,
  constraint,
  fallback,
  foreignKey,
  index,
  ownership,
  policy,
  privilege,
  publication,
  rule,
  setting,
  statisticsOf,
  trigger,
} from './parts.ts'
import { functions, laterFunctions, sequences } from './routines.ts'
import { many } from './several.ts'
import { table } from './tables.ts'
import { maybe, statements, word } from './two.ts'
import { ownTypes } from './types.ts'
import { views } from './views.ts'

/** Two schemas as the statements that make them. What PostgreSQL refuses of these is left out by who runs them. */
export const twoSchemas = statements(
  maybe(word('CREATE SCHEMA "S 1"'), 40),
  ownTypes,
  sequences(),
  functions(),
  table('t0', 40),
  table('t1', 20),
  table('"S 1"."Order"', 6),
  partitioned(),
  family(),
  laterFunctions(),
  views(),
  many(3, fallback),
  many(2, ownership),
  many(4, constraint),
  many(3, foreignKey),
  many(4, index),
  many(2, statisticsOf),
  many(3, trigger),
  many(3, policy),
  many(2, rule),
  many(3, comment),
  many(2, setting),
  many(2, privilege),
  many(1, publication),
)
