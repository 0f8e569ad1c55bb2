import type { BrowserTill } from '../browser/browser-till.ts'
import { deviceViolations } from '../browser/device-proof.ts'
import { endWithProof, replayEverything, textOf } from '../ending.ts'
import type { Fault, FaultProxy, HttpRequest } from '../fault-proxy.ts'
import { prove } from '../proof.ts'
import { isPush, pushesIn } from '../requests.ts'
import type { Checked, Scenario, Torture } from '../scenario.ts'
import { openBrowserTill, openShopWithNetwork } from '../set-up.ts'
import type { ShopServer } from '../shop-server.ts'
import type { Chance } from '../../simulation/chance.ts'

const kinds = [
  'cut-request',
  'cut-answer',
  'reset',
  'black-hole',
  'slow',
  'duplicate',
  'captive-portal',
] as const

export const networkFaults: Scenario = {
  name: 'network-faults',
  about: 'a proxy between browser and server cuts, resets, swallows, drips, doubles and answers for others',
  times: { usual: 60, short: 8 },
  async run(torture) {
    const { ledger } = torture
    const { server, proxy } = await openShopWithNetwork(torture)
    const { till } = await openBrowserTill(torture, server, { origin: proxy.url, name: 'Browser' })

    const faults = await sellThroughFaults(torture, proxy, till)
    await till.closeShift()
    await till.drain()
    const device = deviceViolations(await till.rows(), ledger.all())
    const missing = kinds.filter((kind) => !proxy.counts.has(kind))
    const { checks, proof } = await endWithProof(server, ledger, 0)
    const completed = ledger.orders()
    const lied = await tellALie(torture, { server, proxy, till })
    return {
      done: `${faults} faults: ${kinds.map((kind) => `${proxy.counts.get(kind) ?? 0} ${kind}`).join(', ')}`,
      completed,
      held: proof.held.orders,
      checks: [
        {
          what: 'every kind of fault has occurred',
          isRight: missing.length === 0,
          detail: missing.join(', '),
        },
        {
          what: 'the browser still has all that it sold',
          isRight: device.length === 0,
          detail: textOf(device),
        },
        ...checks,
        ...lied,
        ...(await replayEverything(server, ledger, 0, pushesIn(proxy.seen))),
      ],
    }
  },
}

async function sellThroughFaults(
  { chance, times, say, ledger }: Torture,
  proxy: FaultProxy,
  till: BrowserTill,
) {
  let faults = 0
  // Each kind once, then by chance.
  const due: Fault['kind'][] = [...kinds]
  proxy.decide = (request) => {
    const isHit = isPush(request) ? !chance.oneIn(3) : request.path.startsWith('/trpc/') && chance.oneIn(6)
    if (!isHit || faults >= times) return { kind: 'pass' }
    faults += 1
    const kind = (isPush(request) ? due.shift() : undefined) ?? chance.pick(kinds)
    say(`fault ${faults} of ${times}: ${kind} at ${request.path}, ${ledger.orders()} orders done`)
    return faultOf(kind, chance, request)
  }
  const until = Date.now() + 10_000 + times * 3_000
  await till.actUntil(() => faults >= times || Date.now() > until)
  proxy.decide = null
  return faults
}

function faultOf(kind: Fault['kind'], chance: Chance, { bytes }: HttpRequest): Fault {
  switch (kind) {
    case 'cut-request':
      return { kind, atByte: chance.int(bytes.length) }
    case 'cut-answer':
      return { kind, atByte: chance.int(600) }
    case 'black-hole':
      return { kind, forMs: 200 + chance.int(1_200) }
    case 'slow':
      return { kind, chunkBytes: 1 + chance.int(60), pauseMs: 10 }
    case 'duplicate':
      return { kind, againAfterMs: chance.int(800) }
    case 'reset':
      return { kind }
    default:
      return { kind: 'captive-portal' }
  }
}

type Lying = { readonly server: ShopServer; readonly proxy: FaultProxy; readonly till: BrowserTill }

/**
 * A control: something in between says that the sale was taken, and keeps the device from hearing otherwise. The proof must miss
 * it, and the next honest answer must bring it back, as an acknowledged operation is kept ([C5]).
 */
async function tellALie({ ledger }: Torture, { server, proxy, till }: Lying): Promise<Checked[]> {
  await till.wake()
  proxy.decide = (request) =>
    isPush(request) ? { kind: 'lie', answer: acceptAll } : { kind: 'captive-portal' }
  await till.sell()
  await till.drain()
  const toProve = () => ({ completed: ledger.all(), mostUnsaid: 0 })
  const believed = await server.withDatabase(({ query }) => prove(query, toProve()))
  proxy.decide = null
  await till.wake()
  await till.drain()
  const healed = await server.withDatabase(({ query }) => prove(query, toProve()))
  return [
    {
      what: 'control: a proxy that says “taken” loses a sale, and the proof misses it',
      isRight: believed.violations.some(({ rule }) => rule === 'I1'),
    },
    {
      what: 'and the next honest answer brings it back',
      isRight: healed.violations.length === 0,
      detail: textOf(healed.violations),
    },
  ]
}

function acceptAll({ body }: HttpRequest): string {
  const { firstSeq, opIds } = JSON.parse(body.toString()) as { firstSeq: number; opIds: string[] }
  const results = opIds.map((_, index) => ({ seq: firstSeq + index, status: 'applied', flags: [] }))
  const value = { status: 'accepted', ackedSeq: firstSeq + opIds.length - 1, results }
  return JSON.stringify({ result: { data: { ok: true, value } } })
}
