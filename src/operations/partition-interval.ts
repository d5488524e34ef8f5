import { LimbeckError } from '../error.ts'

export type PartitionInterval = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** Bounds that do not fall on the borders of the interval. */
export class InvalidPartitionBounds extends LimbeckError {
  readonly code = 'INVALID_PARTITION_BOUNDS'
  readonly bound: string

  constructor(bound: string, reason: string, hint: string) {
    super(`The partition bound ${JSON.stringify(bound)} ${reason}.`, { hint })
    this.bound = bound
  }
}

/** Midnight in UTC of an ISO date that is the first day of an interval. Throws InvalidPartitionBounds. */
export function boundary(text: string, every: PartitionInterval): Date {
  const date = new Date(`${text}T00:00:00Z`)
  if (
    !/^\d{4}-\d\d-\d\d$/.test(text) ||
    Number.isNaN(date.getTime()) ||
    date.toISOString().slice(0, 10) !== text
  ) {
    throw new InvalidPartitionBounds(text, 'is not a date', 'Write it as "2026-01-31".')
  }
  const first = {
    day: true,
    week: date.getUTCDay() === 1,
    month: date.getUTCDate() === 1,
    quarter: date.getUTCDate() === 1 && date.getUTCMonth() % 3 === 0,
    year: date.getUTCDate() === 1 && date.getUTCMonth() === 0,
  }
  if (first[every]) return date
  const day = every === 'week' ? 'a Monday' : `the first day of a ${every}`
  throw new InvalidPartitionBounds(text, `is not ${day}`, `Partitions by ${every} begin on ${day}.`)
}

/** The beginning of the interval that a moment is in. */
export function intervalStart(moment: Date, every: PartitionInterval): Date {
  const [year, month, day] = [moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate()]
  switch (every) {
    case 'day':
      return new Date(Date.UTC(year, month, day))
    case 'week':
      return new Date(Date.UTC(year, month, day - ((moment.getUTCDay() + 6) % 7)))
    case 'month':
      return new Date(Date.UTC(year, month, 1))
    case 'quarter':
      return new Date(Date.UTC(year, month - (month % 3), 1))
    case 'year':
      return new Date(Date.UTC(year, 0, 1))
  }
}

/** The beginning of the interval that is so many after (or, below 0, before) the one that begins at a date. */
export function intervalAfter(start: Date, every: PartitionInterval, count: number): Date {
  const [year, month, day] = [start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate()]
  const days = { day: 1, week: 7, month: 0, quarter: 0, year: 0 }[every]
  const months = { day: 0, week: 0, month: 1, quarter: 3, year: 12 }[every]
  return new Date(Date.UTC(year, month + months * count, day + days * count))
}

/** What an interval's partition is called behind its table's name: `2026_01`. */
export function suffix(date: Date, every: PartitionInterval): string {
  const [year, month, day] = date.toISOString().slice(0, 10).split('-') as [string, string, string]
  switch (every) {
    case 'day':
    case 'week':
      return `${year}_${month}_${day}`
    case 'month':
      return `${year}_${month}`
    case 'quarter':
      return `${year}_q${Math.ceil(Number(month) / 3)}`
    case 'year':
      return year
  }
}
