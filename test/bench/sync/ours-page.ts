import { proxy, type Remote, wrap } from 'comlink'
import { trustedUrl } from '../../../src/app/trusted-url.ts'
import type { DeviceApi } from '../../../src/worker/api.ts'
import type { Topic } from '../../../src/worker/api-device.ts'
import { offerContender, take } from './contender-page.ts'
import { makeSales, type Tally } from './documents.ts'
import type { HeldAnswers } from './held-answers.ts'
import { openTills, sellInTurns, tallyOrders, type Tills, writeUnsent } from './ours-tills.ts'

/** The real worker behind its real contract, in a page that follows it as the shell does. */
type Started = { readonly worker: Worker; readonly device: Remote<DeviceApi>; readonly news: EventTarget }

let started: Started
let tills: Tills
let answers: readonly ArrayBuffer[] = []

offerContender({
  async prepareTill(data, code) {
    started = await startDevice()
    await enrolAndLoad(started, code)
    started.worker.terminate()
    const [first] = makeSales({ ...data, orderCount: 1, seed: data.seed + 1 })
    tills = await openTills(first!)
  },
  commitSales: (data) => sellInTurns(tills, data),
  async prepareUnsent(data, code) {
    started = await startDevice()
    await enrolAndLoad(started, code)
    await writeUnsent(data)
  },
  async sitOutOutage() {
    tell(started, { bench: 'cut' })
    await started.device.wakeSync()
    tell(started, { bench: 'mend' })
  },
  push: () =>
    take(async () => {
      const isSent = until(started, async (device) => (await device.status()).unsentCount === 0)
      await Promise.race([isSent, started.device.wakeSync().then(() => isSent)])
    }),
  async load(code) {
    started = await startDevice()
    return take(() => enrolAndLoad(started, code))
  },
  tally: () => tallyHeld(started),
  async keepAnswers(code) {
    started = await startDevice()
    tell(started, { bench: 'keep' })
    await enrolAndLoad(started, code)
    answers = await handedOver(started)
    await forgetDevice(started)
  },
  async takeIn(code) {
    started = await startDevice()
    tell(started, { bench: 'give', answers: answers.map((answer) => answer.slice(0)) })
    return take(() => enrolAndLoad(started, code))
  },
  forget: () => forgetDevice(started),
})

async function startDevice(): Promise<Started> {
  const worker = new Worker(trustedUrl('/worker.js'), { type: 'module' })
  const device = wrap<DeviceApi>(worker)
  const news = new EventTarget()
  await device.subscribe(proxy((_topics: readonly Topic[]) => void news.dispatchEvent(new Event('news'))))
  return { worker, device, news }
}

async function enrolAndLoad(device: Started, code: string): Promise<void> {
  const isLoaded = until(device, async (api) => {
    const state = await api.device()
    return state.kind !== 'new' && state.isLoaded
  })
  const enrolled = await device.device.enrol(code)
  if (!enrolled.ok) throw new Error(enrolled.failure.sentence)
  await isLoaded
}

/** Asks again whenever there is news, one question at a time, as a screen does. */
function until(
  { device, news }: Started,
  isSo: (device: Remote<DeviceApi>) => Promise<boolean>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let isAsking = false
    let hasNews = false
    const ask = async (): Promise<void> => {
      hasNews = true
      if (isAsking) return
      isAsking = true
      while (hasNews) {
        hasNews = false
        if (await isSo(device)) {
          news.removeEventListener('news', listen)
          resolve()
        }
      }
      isAsking = false
    }
    const listen = (): void => void ask().catch(reject)
    news.addEventListener('news', listen)
    listen()
  })
}

async function tallyHeld({ device }: Started): Promise<Tally> {
  return { ...(await tallyOrders()), products: (await device.productSummary()).total }
}

function tell({ worker }: Started, order: HeldAnswers): void {
  worker.postMessage(order, order.bench === 'give' ? [...order.answers] : [])
}

function handedOver(device: Started): Promise<ArrayBuffer[]> {
  return new Promise((resolve) => {
    device.worker.addEventListener('message', ({ data }: MessageEvent<{ bench?: ArrayBuffer[] }>) => {
      if (data.bench) resolve(data.bench)
    })
    tell(device, { bench: 'hand-over' })
  })
}

async function forgetDevice({ worker }: Started): Promise<void> {
  worker.terminate()
  for (const { name } of await indexedDB.databases())
    await new Promise((resolve) => indexedDB.deleteDatabase(name ?? '').addEventListener('success', resolve))
}
