import type { Page } from 'playwright-core'

type TraceEvent = {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** µs of the thread's own time: what else kept the machine busy is not in it. */
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/** The longest task, in ms of processor time, that a page's main thread did at a stretch while the work ran. */
export async function longestTaskMs(page: Page, work: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'], excludedCategories: ['*'] },
  })
  await work()
  const isComplete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await isComplete
  await session.detach()
  return longestOf(events)
}

function longestOf(events: readonly TraceEvent[]): number {
  const mainThreads = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => name.endsWith('RunTask') && ph === 'X' && mainThreads.has(`${pid} ${tid}`),
  )
  // A page that is asked anything at all has tasks: none means that the trace says something else by now.
  if (tasks.length === 0) throw new Error('The trace holds no task of the main thread')
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000
}
