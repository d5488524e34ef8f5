/**
 * Limbeck as a library: whatever the command line does is a function here, for an application's start-up, its tests
 * and its tools. Each takes a `Config` first; what it leaves out has a default.
 */
export type { BackfillProgress } from './backfill/backfill-run.ts'
export type { OwnSignal, Threshold, Throttle } from './backfill/throttle.ts'
export * from './commands/abort.ts'
export * from './commands/accept.ts'
export type { AlembicConfig } from './commands/alembic-config.ts'
export type { Autogenerate } from './commands/autogenerate-options.ts'
export * from './commands/backfill.ts'
export * from './commands/backfill-rows.ts'
export * from './commands/backfill-run.ts'
export { BackfillUnderWay } from './commands/backfill-under-way.ts'
export * from './commands/baseline.ts'
export * from './commands/branches.ts'
export * from './commands/check.ts'
export * from './commands/current.ts'
export { DataLoss, type Loss } from './commands/data-loss.ts'
export { type DeclaredSchema, SchemaNotDeclared } from './commands/declared-schema.ts'
export { SchemaBroken } from './commands/declared-statements.ts'
export * from './commands/diff.ts'
export * from './commands/doctor.ts'
export * from './commands/downgrade.ts'
export * from './commands/drift.ts'
export * from './commands/dump.ts'
export type { EditedRevision } from './commands/edited.ts'
export * from './commands/ensure-version.ts'
export type { Entry } from './commands/entry.ts'
export * from './commands/generate-revision.ts'
export { AbortHalfDone, HalfDoneWithoutFile, RevisionHalfDone } from './commands/half-done.ts'
export * from './commands/heads.ts'
export * from './commands/history.ts'
export * from './commands/import-sql.ts'
export * from './commands/init.ts'
export { VersionTableApart } from './commands/keep-versions.ts'
export {
  type LintedStatement,
  type LintOptions,
  type LintReport,
  lint,
  worstLevel,
} from './commands/lint.ts'
export type { LintConfig } from './commands/lint-config.ts'
export { HazardsRefused } from './commands/lint-gate.ts'
export { SinceUnknown, type WhichRevisions } from './commands/lint-revisions.ts'
export { AcceptedWithoutReason } from './commands/lint-subjects.ts'
export { LintFileBroken } from './commands/lint-text-subject.ts'
export * from './commands/merge.ts'
export * from './commands/offline.ts'
export { DatabaseOfAnotherTool, type OtherTool } from './commands/other-tools.ts'
export * from './commands/partitions.ts'
export type { PendingRevision } from './commands/pending.ts'
export { ExpandPending, PhaseUnknown, type WaitingRevision } from './commands/phase.ts'
export * from './commands/plan.ts'
export { type Config, InvalidSetting } from './commands/project.ts'
export { DifferenceNotProved, DifferenceRefused, RenameNotFound, RenameUnclear } from './commands/prove.ts'
export { BackfillUnknown } from './commands/recorded-backfill.ts'
export {
  FolderNotInProject,
  type NewRevisionReport,
  type RevisionOptions,
  revision,
} from './commands/revision.ts'
export type { DoneRevision, TransactionMode } from './commands/run-all.ts'
export * from './commands/schema-at.ts'
export type { RunOptions } from './commands/session.ts'
export { DirectiveFailed, ShadowFailed } from './commands/shadow.ts'
export * from './commands/show.ts'
export {
  type NamedRevision,
  type SquashOptions,
  type SquashReport,
  squash,
} from './commands/squash.ts'
export { SquashNotProved } from './commands/squash-proof.ts'
export * from './commands/stamp.ts'
export * from './commands/stamp-from.ts'
export * from './commands/status.ts'
export { InterruptedUnwritten } from './commands/stoppable.ts'
export * from './commands/upgrade.ts'
export type { Finding as VerifyFinding } from './commands/verify/verification.ts'
export type { VerifyAcceptance, VerifyConfig } from './commands/verify/verify-config.ts'
export {
  VerificationFailed,
  VerificationUnknown,
  type VerifiedReport,
  type VerifyOptions,
  type VerifyReport,
  verify,
} from './commands/verify.ts'
export { NoCacheDirectory } from './connection/cache-directory.ts'
export { ConnectionFailed, ConnectionLost, DatabaseError } from './connection/connection.ts'
export { LimbeckError } from './error.ts'
export type { Phase } from './graph/revision.ts'
export type { BackfillStatus } from './ledger/backfills.ts'
export type { Hazard, HazardClass, Level } from './lint/hazard.ts'
export type { Finding, Rule, RuleContext } from './lint/rule.ts'
export type { Blocker } from './migrate/blockers.ts'
export type { MigrateEvent, OnEvent } from './migrate/events.ts'
export { Interrupted, MigrationFailed } from './migrate/failure.ts'
export {
  HookFailed,
  type Hooks,
  type RevisionFacts,
  type RunFacts,
  type StageFacts,
} from './migrate/hooks.ts'
export type { Amount } from './migrate/progress-reports.ts'
export type { StatementProgress } from './migrate/statement-progress.ts'
export type { Column } from './operations/column-definition.ts'
export type { Constraint } from './operations/constraint-definition.ts'
export {
  type Example,
  type Operation,
  type OperationDefinition,
  operation,
  statement,
  unknownBefore,
} from './operations/operation.ts'
export type { Operations, OwnOperation } from './operations/operations.ts'
export * from './operations/project-operations.ts'
export type { NewRevision, Template } from './script/template.ts'
export { qualifiedName, quoteIdentifier } from './sql/identifier.ts'
export { literal } from './sql/literal.ts'
export { inlineSql, type Sql, sql } from './sql/tag.ts'
export { version } from './version.ts'
