import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/** Ends a run with the line that .ci/run promises: `12 passed, 0 failed`. */
export default class ClosingLine implements Reporter {
  private passed = 0
  private failed = 0

  /** Printed when the process exits, as nothing follows that, and also when the servers could not be started. */
  onInit(): void {
    process.once('exit', (status) => {
      const failed = status === 0 ? this.failed : Math.max(this.failed, 1)
      console.log(`${this.passed} passed, ${failed} failed`)
    })
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const withState = (state: string) => tests.filter((test) => test.result().state === state).length
    // A file that cannot be loaded and a hook that throws fail the run, but no test.
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()])
    const broken = suites.flatMap((suite) => suite.errors()).length + unhandled.length
    this.passed = withState('passed')
    this.failed = withState('failed') + broken
  }
}
