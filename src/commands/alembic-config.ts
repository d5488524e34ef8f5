/** What a project that comes from Alembic says of Alembic's table of versions. */
export type AlembicConfig = {
  /** Its name, where Alembic was told another one (`version_table`). Default: `alembic_version`. */
  readonly versionTable?: string
  /** Its schema (`version_table_schema`). Default: the one in which there is such a table. */
  readonly versionTableSchema?: string
  /** Writes into it what Alembic would, as long as both tools are in use. Default: false. */
  readonly keepVersionTable?: boolean
}
