import type { Currency } from './currency.ts'

/** Thousandths of a unit: 2 pieces are 2000, 0.482 kg is 482. Negative on refund lines only. */
export type QuantityMilli = number

/** A rate as it stood when the line was sold ([R7]): a change of the catalogue never alters a sold line. */
export type LineTaxRate = {
  readonly taxRateId: string
  readonly name: string
  /** 825 is 8.25 %. Up to two decimals: 997.5 is 9.975 %. */
  readonly rateBasisPoints: number
  /** A compound rate is charged on the net amount plus all rates before it. */
  readonly isCompound: boolean
}

export type LineModifier = { readonly modifierId: string; readonly name: string; readonly priceMinor: number }

export type Discount =
  | { readonly kind: 'percent'; readonly rateBasisPoints: number; readonly reason: string }
  | { readonly kind: 'amount'; readonly amountMinor: number; readonly reason: string }

/** What was chosen; every amount below is derived from it by `priceOrder`. */
export type OrderLineInput = {
  readonly lineId: string
  /** Null for an open item that is not in the catalogue. */
  readonly productId: string | null
  readonly variantId: string | null
  readonly categoryId: string | null
  readonly name: string
  readonly variantName: string | null
  readonly sku: string | null
  readonly quantityMilli: QuantityMilli
  readonly unitPriceMinor: number
  readonly modifiers: readonly LineModifier[]
  readonly discount: Discount | null
  readonly taxRates: readonly LineTaxRate[]
  readonly note: string | null
  /** The catalogue's version when the line was added ([R7]). */
  readonly catalogueVersion: number
  /** Whether selling moves stock. */
  readonly isStockTracked: boolean
}

/** How a store prices: all registers of a store share it and it is copied onto each order. */
export type PricingRules = {
  readonly currency: Currency
  /** Whether shelf prices contain the tax. */
  readonly taxMode: 'inclusive' | 'exclusive'
  /** Where tax is rounded to whole minor units: on each line, or once per rate over the order. */
  readonly taxRounding: 'line' | 'order'
}

export type TaxAmount = {
  readonly taxRateId: string
  readonly name: string
  readonly rateBasisPoints: number
  /** Net amount that the rate was charged on. */
  readonly taxableMinor: number
  readonly taxMinor: number
}

/** One line with its money. `grossMinor − discountMinor − orderDiscountMinor = netMinor (+ taxMinor when inclusive)`. */
export type PricedLine = OrderLineInput & {
  /** quantity × (unit price + modifiers), as on the shelf. */
  readonly grossMinor: number
  /** The line's own discount, ≥ 0 on sales. */
  readonly discountMinor: number
  /** Its share of the order's discount. */
  readonly orderDiscountMinor: number
  /** Without tax. */
  readonly netMinor: number
  readonly taxMinor: number
  readonly taxes: readonly TaxAmount[]
  /** net + tax: what the customer pays for this line. */
  readonly totalMinor: number
}

export type OrderTotals = {
  readonly grossMinor: number
  /** Line and order discounts together. */
  readonly discountMinor: number
  readonly netMinor: number
  readonly taxMinor: number
  readonly taxes: readonly TaxAmount[]
  /** net + tax. */
  readonly totalMinor: number
}

export type PricedOrder = { readonly lines: readonly PricedLine[]; readonly totals: OrderTotals }

export type TenderKind = 'cash' | 'card' | 'gift-card' | 'store-credit' | 'other'

export type Payment = {
  readonly paymentId: string
  readonly tender: TenderKind
  /** What counts towards the order; negative when money goes back. */
  readonly amountMinor: number
  /** What was handed over (cash: ≥ amount). */
  readonly tenderedMinor: number
  readonly changeMinor: number
}

export type StockMovement = {
  readonly movementId: string
  readonly productId: string
  readonly variantId: string | null
  /** Negative leaves the store. */
  readonly quantityMilli: QuantityMilli
}

/** A finished sale or refund: a fact ([R1]). It is the payload of `order.paid`, byte for byte what the register stored. */
export type PaidOrder = {
  readonly orderId: string
  readonly storeId: string
  readonly registerId: string
  readonly shiftId: string | null
  /** `series-number`, e.g. `2-1184`; gapless per series ([C2], [I12]). */
  readonly receiptNumber: string
  readonly status: 'paid'
  /** Milliseconds since 1970 by the device's clock: information only. */
  readonly occurredAt: number
  /** The store's local calendar day, `YYYY-MM-DD`, and hour 0–23, fixed at the moment of sale. */
  readonly businessDay: string
  readonly businessHour: number
  readonly staffId: string | null
  readonly customerId: string | null
  /** The order whose sale this takes back, or null for a sale. Refunds carry negative quantities and amounts. */
  readonly refundOf: string | null
  readonly pricing: PricingRules
  readonly lines: readonly PricedLine[]
  readonly orderDiscount: Discount | null
  readonly totals: OrderTotals
  /** Cash rounding on its own line: `Σ payments = total + rounding`. */
  readonly cashRoundingMinor: number
  readonly payments: readonly Payment[]
  readonly movements: readonly StockMovement[]
  readonly note: string | null
}

/** An order that is still being built; parked ones are kept on the device. */
export type OpenOrder = {
  readonly orderId: string
  readonly openedAt: number
  readonly lines: readonly OrderLineInput[]
  readonly orderDiscount: Discount | null
  readonly customerId: string | null
  readonly note: string | null
  /** Set while parked: the name on the park list. */
  readonly parkedAs: string | null
}
