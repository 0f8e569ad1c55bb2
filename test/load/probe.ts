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
  /** A pull: each asks from where the last answer ended, as a device that has applied it. */
  readonly isPull: boolean
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
  let { body } = probe
  while (!isOver) {
    const asked = request(probe, body).then(({ text }) => {
      if (probe.isPull && text !== null) body = pulledUpTo(body!, text)
    })
    open.add(asked)
    void asked.finally(() => open.delete(asked))
    await pause(probe.everyMs)
  }
  await Promise.all(open)
}

async function askInTurn(probe: Probe): Promise<void> {
  for (let next = 0; !isOver && next < probe.bodies!.length;) {
    if ((await request(probe, probe.bodies![next]!)).status === 200) next += 1
    await pause(probe.everyMs)
  }
}

type Answered = { readonly status: number; readonly text: string | null }

async function request({ name, method, url, headers }: Probe, body: string | null): Promise<Answered> {
  const startedAt = performance.now()
  const answered = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(timeoutMs) })
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch(() => ({ status: 0, text: null }))
  const atMs = performance.timeOrigin + startedAt
  samples.push({ name, atMs, elapsedMs: performance.now() - startedAt, status: answered.status })
  return answered
}

function pulledUpTo(body: string, answer: string): string {
  const asked = JSON.parse(body) as { cursor: number }
  const next = /"next":(\d+)/.exec(answer)?.[1]
  return JSON.stringify({ ...asked, cursor: Math.max(asked.cursor, Number(next ?? 0)) })
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, delayMs))
}
