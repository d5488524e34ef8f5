import { survivesCrashes } from './crash.ts'
import { makesDeclared } from './declared.ts'
import { hasNoHazards } from './hazards.ts'
import { keepsRows } from './keeps-rows.ts'
import { runsOffline } from './offline.ts'
import { oneHead } from './one-head.ts'
import { roundTrip } from './round-trip.ts'
import type { Verification } from './verification.ts'

/** All that is verified, in the order in which it is told. */
export const usualVerifications: readonly Verification[] = [
  oneHead,
  roundTrip,
  keepsRows,
  runsOffline,
  makesDeclared,
  hasNoHazards,
]

/** What takes long, and is done where it is asked for. */
export const longVerifications: readonly Verification[] = [survivesCrashes]
