import { parentPort, workerData } from 'node:worker_threads'

/** What somebody else does all the time while the herd comes back. */
export type Probe = {
  readonly name: string
  readonly everyMs: number
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Sent in turn; one that has no answer yet is waited for. Null: the same request each time, on the minute. */
  readonly bodies: readonly string[] | null
  readonly body: string | null
}

export type Sample = {
  readonly name: string
  readonly atMs: number
  readonly elapsedMs: number
  readonly status: number
}

const timeoutMs = 20_000
const samples: Sample[] = []
let isOver = false

/** In a thread of its own: what the herd's side is busy with must not count as the server's delay. */
const running = (workerData as readonly Probe[]).map((probe) =>
  probe.bodies === null ? ask(probe) : askInTurn(probe),
)

parentPort!.once('message', () => {
  isOver = true
  void Promise.all(running).then(() => parentPort!.postMessage(samples))
})

/** Whether or not the last one was answered: a server that stalls must not be spared the questions meanwhile. */
async function ask(probe: Probe): Promise<void> {
  const open = new Set<Promise<unknown>>()
  while (!isOver) {
    const asked = request(probe, probe.body)
    open.add(asked)
    void asked.finally(() => open.delete(asked))
    await pause(probe.everyMs)
  }
  await Promise.all(open)
}

async function askInTurn(probe: Probe): Promise<void> {
  for (let next = 0; !isOver && next < probe.bodies!.length;) {
    if ((await request(probe, probe.bodies![next]!)) === 200) next += 1
    await pause(probe.everyMs)
  }
}

async function request({ name, method, url, headers }: Probe, body: string | null): Promise<number> {
  const startedAt = performance.now()
  const status = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(timeoutMs) })
    .then(async (response) => (await response.arrayBuffer(), response.status))
    .catch(() => 0)
  const atMs = performance.timeOrigin + startedAt
  samples.push({ name, atMs, elapsedMs: performance.now() - startedAt, status })
  return status
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, delayMs))
}
