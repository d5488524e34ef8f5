import { NotConverted } from './not-converted.ts'

/** A function returns from within a loop, and only the run knows whether: it is written as a function. */
export class LeavesLoop extends NotConverted {
  constructor() {
    super('a function returns from within a loop, where only the run knows whether')
  }
}
