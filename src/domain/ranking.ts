/** Sums per id in typed columns that grow: thousands of cells are added without making an object each. */
export type Ranking = {
  /** The place of an id's sums, made at first sight. */
  slot(id: string): number
  add(slot: number, netMinor: number, unitsMilli: number, orders: number): void
  netMinorOf(id: string): number
  rows(): { id: string; netMinor: number; unitsMilli: number; orders: number }[]
}

export function createRanking(): Ranking {
  const slots = new Map<string, number>()
  let net = new Float64Array(64)
  let units = new Float64Array(64)
  let orders = new Float64Array(64)

  return {
    slot(id) {
      const known = slots.get(id)
      if (known !== undefined) return known
      const slot = slots.size
      slots.set(id, slot)
      if (slot === net.length) {
        net = doubled(net)
        units = doubled(units)
        orders = doubled(orders)
      }
      return slot
    },
    add(slot, netMinor, unitsMilli, orderCount) {
      net[slot]! += netMinor
      units[slot]! += unitsMilli
      orders[slot]! += orderCount
    },
    netMinorOf(id) {
      const slot = slots.get(id)
      return slot === undefined ? 0 : net[slot]!
    },
    rows: () =>
      [...slots].map(([id, slot]) => ({
        id,
        netMinor: net[slot]!,
        unitsMilli: units[slot]!,
        orders: orders[slot]!,
      })),
  }
}

function doubled(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(column.length * 2)
  larger.set(column)
  return larger
}
