/** The part of Vitest's JSON report that is counted. */
interface VitestReport {
  testResults: {
    name: string
    status: string
    assertionResults: { status: string; fullName: string }[]
  }[]
}

export interface TestCount {
  passed: number
  failed: number
  /** One line for each failure that the tool's own output does not show as one. */
  notes: string[]
}

/**
 * Counts a Vitest run. Skipped and todo tests count as failed: none are allowed. So does a file that did not
 * load, a run that ended badly with no failed test to show for it, and a run without a test.
 */
export function countTests(report: unknown, isExitOk: boolean): TestCount {
  const count: TestCount = { passed: 0, failed: 0, notes: [] }
  if (!isReport(report)) return { passed: 0, failed: 1, notes: ['Vitest wrote no report.'] }
  for (const file of report.testResults) {
    for (const { status, fullName } of file.assertionResults) {
      if (status === 'passed') count.passed += 1
      else count.failed += 1
      if (status !== 'passed' && status !== 'failed') {
        count.notes.push(`Not run (${status}), and none may be left out: ${file.name}: ${fullName}`)
      }
    }
    const hasFailedTest = file.assertionResults.some(({ status }) => status !== 'passed')
    if (file.status !== 'passed' && !hasFailedTest) {
      count.failed += 1
      count.notes.push(`This file failed outside of its tests: ${file.name}`)
    }
  }
  if (count.passed + count.failed === 0) {
    return { passed: 0, failed: 1, notes: ['No test ran.'] }
  }
  if (!isExitOk && count.failed === 0) {
    count.failed += 1
    count.notes.push('Vitest failed although no test did: see the errors above.')
  }
  return count
}

function isReport(report: unknown): report is VitestReport {
  return (
    typeof report === 'object' &&
    report !== null &&
    'testResults' in report &&
    Array.isArray(report.testResults)
  )
}
