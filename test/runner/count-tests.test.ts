import { describe, expect, test } from 'vitest'
import { countTests } from './count-tests.ts'

function reportOf(...statuses: string[]): unknown {
  const assertionResults = statuses.map((status, index) => ({ status, fullName: `test ${index}` }))
  return {
    testResults: [
      { name: 'a.test.ts', status: statuses.includes('failed') ? 'failed' : 'passed', assertionResults },
    ],
  }
}

describe('counting tests', () => {
  test('passed and failed tests are counted one by one', () => {
    expect(countTests(reportOf('passed', 'passed', 'failed'), false)).toMatchObject({ passed: 2, failed: 1 })
  })

  test.each(['skipped', 'pending', 'todo'])('a test that is %s counts as failed', (status) => {
    expect(countTests(reportOf('passed', status), true)).toMatchObject({ passed: 1, failed: 1 })
  })

  test('a file that does not load counts as one failure', () => {
    const report = { testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults: [] }] }
    expect(countTests(report, false)).toMatchObject({ passed: 0, failed: 1 })
  })

  test('a file whose clean-up fails after its tests passed counts as one failure', () => {
    const assertionResults = [{ status: 'passed', fullName: 'test' }]
    const report = { testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults }] }
    expect(countTests(report, false)).toMatchObject({ passed: 1, failed: 1 })
  })

  test('an error outside of every test counts as one failure', () => {
    expect(countTests(reportOf('passed'), false)).toMatchObject({ passed: 1, failed: 1 })
  })

  test('a run without a test, or without a report, is a failure', () => {
    expect(countTests({ testResults: [] }, true)).toMatchObject({ passed: 0, failed: 1 })
    expect(countTests(undefined, true)).toMatchObject({ passed: 0, failed: 1 })
  })
})
