import {
  differences,
  type Held,
  type HeldOrder,
  type HeldPayment,
  type Query,
  sumBy,
  told,
  type Violation,
} from './held.ts'

/** [I10] Stock = Σ movements; drawer = float + Σ cash; Z = Σ its facts; dashboard = Σ orders. */
export async function sumViolations(query: Query, held: Held): Promise<Violation[]> {
  return [
    ...(await stockViolations(query, held)),
    ...(await shiftViolations(query, held)),
    ...zViolations(held),
    ...(await dashboardViolations(query, held)),
  ]
}

async function stockViolations(query: Query, { movements }: Held): Promise<Violation[]> {
  const levels = await query<{ place: string; level: number }>(
    `select store_id || ' ' || product_id || ' ' || variant_id as place, level_milli as level from stock_level`,
  )
  return compare(
    'the stock of',
    new Map(levels.map(({ place, level }) => [place, level])),
    sumBy(
      movements,
      ({ place }) => place,
      ({ quantityMilli }) => quantityMilli,
    ),
  )
}

type Shift = {
  readonly shiftId: string
  readonly floatMinor: number | null
  readonly isClosed: boolean
  readonly orderCount: number | null
  readonly netMinor: number | null
  readonly expectedMinor: number | null
}

/** What the tables say of a shift against the orders, payments and cash movements in the tables. */
async function shiftViolations(query: Query, held: Held): Promise<Violation[]> {
  const facts = sumsOfFacts(held.orders, held.payments, held.cash)
  const sums = await query<{ shiftId: string; orders: number; net: number; cash: number }>(
    `select shift_id as "shiftId", order_count as orders, net_minor as net, cash_minor as cash from shift_sum`,
  )
  const kept = new Map(
    sums.flatMap(({ shiftId, orders, net, cash }): [string, number][] => [
      [`${shiftId} orders`, orders],
      [`${shiftId} net`, net],
      [`${shiftId} cash`, cash],
    ]),
  )
  const shifts = await query<Shift>(
    `select shift_id as "shiftId", opening_float_minor as "floatMinor", closed_at is not null as "isClosed",
       order_count as "orderCount", net_minor as "netMinor", expected_cash_minor as "expectedMinor" from shift`,
  )
  const closed = shifts.filter(({ isClosed }) => isClosed)
  const said = closed.flatMap(({ shiftId, orderCount, netMinor, expectedMinor }): [string, number][] => [
    [`${shiftId} orders`, orderCount ?? 0],
    [`${shiftId} net`, netMinor ?? 0],
    [`${shiftId} expected`, expectedMinor ?? 0],
  ])
  const made = closed.flatMap(({ shiftId, floatMinor }): [string, number][] => [
    [`${shiftId} orders`, facts.get(`${shiftId} orders`) ?? 0],
    [`${shiftId} net`, facts.get(`${shiftId} net`) ?? 0],
    [`${shiftId} expected`, (floatMinor ?? 0) + (facts.get(`${shiftId} cash`) ?? 0)],
  ])
  return [
    ...compare('the sums of shift', kept, facts),
    ...compare('the Z of shift', new Map(said), new Map(made)),
  ]
}

function sumsOfFacts(
  orders: readonly Pick<HeldOrder, 'orderId' | 'shiftId' | 'netMinor'>[],
  payments: readonly HeldPayment[],
  moved: Held['cash'],
): ReadonlyMap<string, number> {
  const shiftOf = new Map(orders.map(({ orderId, shiftId }) => [orderId, shiftId]))
  const rows = [
    ...orders.flatMap(({ shiftId, netMinor }) => [
      { key: `${shiftId} orders`, of: shiftId, amount: 1 },
      { key: `${shiftId} net`, of: shiftId, amount: netMinor },
    ]),
    ...payments
      .filter(({ tender }) => tender === 'cash')
      .map(({ orderId, ownShiftId, isExtra, amountMinor }) => {
        const shiftId = isExtra ? ownShiftId : (shiftOf.get(orderId) ?? null)
        return { key: `${shiftId} cash`, of: shiftId, amount: amountMinor }
      }),
    ...moved.map(({ shiftId, cashMinor }) => ({ key: `${shiftId} cash`, of: shiftId, amount: cashMinor })),
  ]
  return sumBy(
    rows.filter(({ of }) => of !== null),
    ({ key }) => key,
    ({ amount }) => amount,
  )
}

/** [I10] What each register wrote on its Z against the facts of that shift in its own journal. */
function zViolations(held: Held): Violation[] {
  const paid = told(held, 'order.paid')
  const moved = told(held, 'cash.moved')
  const floats = new Map(told(held, 'shift.opened').map(({ fact }) => [fact.shiftId, fact.openingFloatMinor]))
  return told(held, 'shift.closed').flatMap(({ installId, seq, fact }): Violation[] => {
    const before = (each: { installId: string; seq: number }): boolean =>
      each.installId === installId && each.seq < seq
    const orders = paid.filter((each) => before(each) && each.fact.shiftId === fact.shiftId)
    const cash = [
      floats.get(fact.shiftId) ?? 0,
      ...orders.flatMap((each) =>
        each.fact.payments.filter(({ tender }) => tender === 'cash').map(({ amountMinor }) => amountMinor),
      ),
      ...moved
        .filter((each) => before(each) && each.fact.shiftId === fact.shiftId)
        .map((each) => (each.fact.kind === 'paid-in' ? each.fact.amountMinor : -each.fact.amountMinor)),
    ]
    const made = [
      orders.length,
      orders.reduce((sum, each) => sum + each.fact.totals.netMinor, 0),
      cash.reduce((sum, amount) => sum + amount, 0),
    ].join(' ')
    const said = [fact.orderCount, fact.netMinor, fact.expectedCashMinor].join(' ')
    return said === made
      ? []
      : [{ rule: 'I10', what: `Z ${fact.zNumber} of ${installId} says ${said}, its facts ${made}` }]
  })
}

async function dashboardViolations(query: Query, held: Held): Promise<Violation[]> {
  const hours = await query<{ key: string; net: number; orders: number }>(
    `select store_id || ' ' || day || ' ' || hour || ' ' || register_id as key, net_minor as net, orders - 1000000 * refunds as orders
     from rollup_hour`,
  )
  const tenders = await query<{ key: string; amount: number }>(
    `select store_id || ' ' || day || ' ' || tender as key, amount_minor as amount from rollup_tender`,
  )
  const products = await query<{ key: string; net: number }>(
    `select store_id || ' ' || day || ' ' || product_id as key, sum(net_minor)::bigint as net from rollup_product group by 1`,
  )
  const hourOf = (order: HeldOrder): string =>
    `${order.storeId} ${order.businessDay} ${order.businessHour} ${order.registerId}`
  const byId = new Map(held.orders.map((order) => [order.orderId, order]))
  const lines = told(held, 'order.paid')
    .filter(({ installId, seq, fact }) => {
      const order = byId.get(fact.orderId)
      return order?.installId === installId && order.seq === seq
    })
    .flatMap(({ fact }) => fact.lines.map((line) => ({ fact, line })))
  return [
    ...compare(
      'net of the hour',
      new Map(hours.map(({ key, net }) => [key, net])),
      sumBy(held.orders, hourOf, ({ netMinor }) => netMinor),
    ),
    ...compare(
      'orders of the hour',
      new Map(hours.map(({ key, orders }) => [key, orders])),
      sumBy(held.orders, hourOf, ({ isRefund }) => (isRefund ? -1_000_000 : 1)),
    ),
    ...compare(
      'the tender',
      new Map(tenders.map(({ key, amount }) => [key, amount])),
      sumBy(
        held.payments,
        ({ orderId, tender }) => `${byId.get(orderId)?.storeId} ${byId.get(orderId)?.businessDay} ${tender}`,
        ({ amountMinor }) => amountMinor,
      ),
    ),
    ...compare(
      'the product',
      new Map(products.map(({ key, net }) => [key, net])),
      sumBy(
        lines,
        ({ fact, line }) => `${fact.storeId} ${fact.businessDay} ${line.productId ?? ''}`,
        ({ line }) => line.netMinor,
      ),
    ),
  ]
}

function compare(
  name: string,
  kept: ReadonlyMap<string, number>,
  made: ReadonlyMap<string, number>,
): Violation[] {
  return differences(kept, made).map((each) => ({
    rule: 'I10',
    what: `${name} ${each.key} is kept as ${each.kept}, and its rows make ${each.made}`,
  }))
}
