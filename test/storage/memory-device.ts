import type { OpenOrder, PaidOrder } from '#domain/order.ts'
import { saveEnrolment } from '../../src/storage/enrolment.ts'
import type { Act } from '../../src/storage/journalling.ts'
import type { Device, Room } from '../../src/storage/room.ts'
import type { SaleToCommit } from '../../src/storage/sale.ts'
import { createMemoryDisk, type MemoryDisk } from '../simulation/storage/memory-disk.ts'
import { openMemoryStorage } from '../simulation/storage/memory-storage.ts'

/** A device whose tables are in memory, enrolled as a register; its room says what it was asked to give up. */
export type MemoryDevice = Device & { readonly disk: MemoryDisk; readonly given: string[] }

export const installId = '0b1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c01'
export const storeId = '0b1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c02'
export const registerId = '0b1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c03'
export const epoch = 'epoch-1'
/** 2025-11-21, ms since 1970. */
export const NOW = 1_763_683_200_000
export const DAY_MS = 86_400_000

export async function createMemoryDevice(): Promise<MemoryDevice> {
  const disk = createMemoryDisk()
  const given: string[] = []
  const device = { disk, storage: openMemoryStorage(disk), room: createRoom(given), given }
  await saveEnrolment(device.storage, {
    install: { installId, tenantId: 'tenant', kind: 'register', storeId, registerId, enrolledAt: 1 },
    epoch,
    scopeId: `register ${storeId} ${registerId}`,
    receiptSeries: 7,
  })
  return device
}

function createRoom(given: string[]): Room {
  return {
    hasBallast: () => Promise.resolve(!given.includes('ballast')),
    restoreBallast: () => Promise.resolve(true),
    dropBallast: async () => void given.push('ballast'),
    dropPictures: async () => void given.push('pictures'),
    loadUse: () => Promise.resolve({ usedBytes: null, quotaBytes: null, isPersisted: null }),
  }
}

/** A version 4 UUID that ends in this number. */
export function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

export function actAt(number: number, occurredAt = NOW): Act {
  return { opId: idOf(900_000 + number), actorId: null, occurredAt }
}

/** One coffee for 3.00 in cash, or what `changes` says. */
export function saleOf(number: number, changes: Partial<PaidOrder> = {}): SaleToCommit {
  return {
    opId: idOf(100_000 + number),
    newShift: { shiftId: idOf(200_000 + number), opId: idOf(300_000 + number) },
    order: {
      orderId: idOf(number),
      storeId,
      registerId,
      status: 'paid',
      occurredAt: NOW,
      businessDay: '2025-11-21',
      businessHour: 0,
      staffId: null,
      customerId: null,
      refundOf: null,
      pricing,
      lines: [lineOf(number, 1000, 300)],
      orderDiscount: null,
      totals: totalsOf(300),
      cashRoundingMinor: 0,
      payments: [paymentOf(number, 300)],
      movements: [],
      note: null,
      ...changes,
    },
  }
}

/** Takes `quantityMilli` of the coffee of sale `sold` back. */
export function refundOf(number: number, sold: number, quantityMilli = 1000): SaleToCommit {
  const amountMinor = (0 - 300 * quantityMilli) / 1000
  return saleOf(number, {
    refundOf: idOf(sold),
    lines: [lineOf(sold, 0 - quantityMilli, amountMinor)],
    totals: totalsOf(amountMinor),
    payments: [paymentOf(number, amountMinor)],
  })
}

export function openOrderOf(number: number): OpenOrder {
  return {
    orderId: idOf(number),
    openedAt: NOW,
    lines: [],
    orderDiscount: null,
    customerId: null,
    note: null,
    parkedAs: 'Table 4',
  }
}

const pricing: PaidOrder['pricing'] = {
  currency: { code: 'EUR', exponent: 2, cashRoundingMinor: 1 },
  taxMode: 'inclusive',
  taxRounding: 'line',
}

function totalsOf(amountMinor: number): PaidOrder['totals'] {
  return {
    grossMinor: amountMinor,
    discountMinor: 0,
    netMinor: amountMinor,
    taxMinor: 0,
    taxes: [],
    totalMinor: amountMinor,
  }
}

function paymentOf(number: number, amountMinor: number): PaidOrder['payments'][number] {
  return {
    paymentId: idOf(400_000 + number),
    tender: 'cash',
    amountMinor,
    tenderedMinor: amountMinor,
    changeMinor: 0,
  }
}

function lineOf(number: number, quantityMilli: number, totalMinor: number): PaidOrder['lines'][number] {
  return {
    lineId: idOf(500_000 + number),
    productId: null,
    variantId: null,
    categoryId: null,
    name: 'Coffee',
    variantName: null,
    sku: null,
    quantityMilli,
    unitPriceMinor: 300,
    modifiers: [],
    discount: null,
    taxRates: [],
    note: null,
    catalogueVersion: 1,
    isStockTracked: false,
    grossMinor: totalMinor,
    discountMinor: 0,
    orderDiscountMinor: 0,
    netMinor: totalMinor,
    taxMinor: 0,
    taxes: [],
    totalMinor,
  }
}
