import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PaidOrder } from '#domain/order.ts'
import { addCells, cellsOfOrder, emptyCells, listCells } from '#domain/reduce-sales.ts'
import type { SalesQuery } from '#domain/report.ts'
import type { Segment } from '#domain/rollups.ts'
import { createDashboard } from '../../src/worker/dashboard.ts'
import { paidOrder, segmentOf } from '../domain/sales-samples.ts'

const query: SalesQuery = {
  range: { from: '2026-10-01', to: '2026-12-31' },
  compareWith: null,
  storeIds: null,
  granularity: 'day',
}
/** 8:30 PM in New York, already the next day in UTC. */
const now = Date.UTC(2026, 10, 21, 1, 30)
const installId = 'install-1'

describe('[D1] the dashboard of a register', () => {
  test('counts each own sale once, whatever has been acknowledged, pulled and included', async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('sell' as const), day: fc.constantFrom('2026-10-31', '2026-11-01') }),
        fc.record({ kind: fc.constant('pull' as const), lag: fc.integer({ min: 0, max: 3 }) }),
        fc.constant({ kind: 'load-again' as const }),
      ),
      { maxLength: 25 },
    )
    await fc.assert(
      fc.asyncProperty(steps, async (run) => {
        const device = simulatedDevice()
        const dashboard = createDashboard(device)
        for (const step of run) {
          if (step.kind === 'sell') device.sell(step.day)
          else if (step.kind === 'pull') device.pull(step.lag)
          else device.loadAgain()
          const { report } = await dashboard.salesReport(query)
          expect(report.figures).toMatchObject({ orders: device.sold(), netMinor: device.sold() * 250 })
        }
      }),
      { numRuns: 150 },
    )
  })

  test('counts a sale once that is sent, included and pulled while the report is being made', async () => {
    const device = simulatedDevice()
    device.sell('2026-11-20')
    const listSegments = () => {
      device.pull(0)
      return device.store.listSegments()
    }
    const dashboard = createDashboard({ ...device, store: { ...device.store, listSegments } })
    expect((await dashboard.salesReport(query)).report.figures.orders).toBe(1)
  })

  test('reads segments again only after a pull', async () => {
    const device = simulatedDevice()
    let reads = 0
    const listSegments = () => {
      reads += 1
      return device.store.listSegments()
    }
    const dashboard = createDashboard({ ...device, store: { ...device.store, listSegments } })
    device.sell('2026-11-20')
    await dashboard.salesReport(query)
    device.sell('2026-11-20')
    await dashboard.salesReport(query)
    expect(reads).toBe(1)
    device.pull(0)
    await dashboard.salesReport(query)
    expect(reads).toBe(2)
  })
})

describe('what stands beside the figures', () => {
  test('names, currency, the store’s own today, and how far each register is heard', async () => {
    const device = simulatedDevice()
    device.sell('2026-11-20')
    const named = await createDashboard(device).salesReport(query)
    expect(named.names).toEqual({ p1: 'Flat white', 'store-a': 'Harbor Street', 'store-a-1': 'Bar' })
    expect(named.currency).toEqual({ code: 'USD', exponent: 2 })
    expect([named.today, named.hourNow]).toEqual(['2026-11-20', 20])
    expect(named.stores).toEqual([{ storeId: 'store-a', name: 'Harbor Street' }])
    expect(named.registers).toEqual([
      {
        registerId: 'store-a-1',
        name: 'Bar',
        storeName: 'Harbor Street',
        heardAt: now,
        isThisDevice: true,
        unsentCount: 1,
      },
      {
        registerId: 'store-a-2',
        name: 'Window',
        storeName: 'Harbor Street',
        heardAt: 5,
        isThisDevice: false,
        unsentCount: 0,
      },
    ])
  })

  test('registers of stores that are not asked for are left out', async () => {
    const named = await createDashboard(simulatedDevice()).salesReport({ ...query, storeIds: ['store-b'] })
    expect(named.registers).toEqual([])
  })

  test('a device that has not loaded anything answers an empty report', async () => {
    const { clock } = simulatedDevice()
    const named = await createDashboard({
      store: emptyStore,
      catalogue: { find: async () => null, list: async () => [] },
      clock,
    }).salesReport(query)
    expect(named.report.figures.orders).toBe(0)
    expect(named.asOf).toBeNull()
  })
})

type Deps = Parameters<typeof createDashboard>[0]

const emptyStore: Deps['store'] = {
  loadInstall: async () => null,
  loadSync: async () => null,
  loadUnsent: async () => ({ count: 0, operations: 0, oldestAt: null, journalSeq: 0 }),
  listSegments: async () => [],
  listOwnOrdersAbove: async () => [],
  listContacts: async () => [],
}

/** A register whose server includes its sales in segments, page by page. */
function simulatedDevice() {
  const orders: PaidOrder[] = []
  let segments: Segment[] = []
  let pulledSeq = 0
  let cursor = 0
  let generation = 1
  const store: Deps['store'] = {
    loadInstall: async () => ({
      installId,
      tenantId: 't',
      kind: 'register',
      storeId: 'store-a',
      registerId: 'store-a-1',
      enrolledAt: 0,
    }),
    loadSync: async () => ({
      generation,
      cursor,
      load: null,
      pulledSeq,
      lastPullAt: now,
    }),
    loadUnsent: async () => ({
      count: orders.length - pulledSeq,
      operations: orders.length - pulledSeq,
      oldestAt: null,
      journalSeq: orders.length,
    }),
    listSegments: async () => segments,
    listOwnOrdersAbove: async (seq) =>
      orders.map((order, index) => ({ seq: index + 1, order })).filter((own) => own.seq > seq),
    listContacts: async () => [{ registerId: 'store-a-2', heardAt: 5 }],
  }
  return {
    store,
    catalogue,
    clock: () => now,
    sold: () => orders.length,
    sell: (day: string) => {
      const line = { productId: 'p1', categoryId: null, quantityMilli: 1000, netMinor: 250 }
      orders.push(
        paidOrder({
          store: 'store-a',
          register: '1',
          day,
          hour: 9,
          isRefund: false,
          lines: [line],
          tender: 'cash',
        }),
      )
    },
    /** The server has taken in all but the last `lag` sales. */
    pull: (lag: number) => {
      pulledSeq = Math.max(pulledSeq, orders.length - lag)
      cursor += 1
      segments = segmentsUpTo(orders, pulledSeq)
    },
    /** Another epoch: the segments held are still the old ones, and nothing counts as pulled. */
    loadAgain: () => {
      generation += 1
      cursor = 0
      pulledSeq = 0
    },
  }
}

function segmentsUpTo(orders: readonly PaidOrder[], seq: number): Segment[] {
  const months = Map.groupBy(
    orders.slice(0, seq).map((order, index) => ({ order, seq: index + 1 })),
    ({ order }) => order.businessDay.slice(0, 7),
  )
  return [...months].map(([month, included]) => {
    const sums = emptyCells()
    for (const { order } of included) addCells(sums, cellsOfOrder(order))
    return segmentOf('store-a', month, listCells(sums), { [installId]: included.at(-1)!.seq })
  })
}

const records = {
  store: [
    {
      storeId: 'store-a',
      name: 'Harbor Street',
      address: '',
      timeZone: 'America/New_York',
      pricing: {
        currency: { code: 'USD', exponent: 2, cashRoundingMinor: 1 },
        taxMode: 'exclusive',
        taxRounding: 'order',
      },
      receiptFooter: '',
    },
  ],
  register: [
    { registerId: 'store-a-1', storeId: 'store-a', name: 'Bar' },
    { registerId: 'store-a-2', storeId: 'store-a', name: 'Window' },
  ],
  product: [{ productId: 'p1', name: 'Flat white' }],
}

const catalogue = {
  list: async (kind: keyof typeof records) => records[kind],
  find: async (kind: keyof typeof records, id: string) =>
    records[kind]?.find((record) => (record as Record<string, unknown>)[`${kind}Id`] === id) ?? null,
} as unknown as Deps['catalogue']
