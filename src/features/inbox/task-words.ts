import type { TaskCard } from '../../worker/api-editing.ts'

export type TaskPlace = '/catalogue' | '/people' | '/registers'

export type TaskWords = {
  readonly title: string
  readonly text: string
  /** What to do about it, in the sequence in which one would. */
  readonly steps: readonly string[]
  readonly tone: 'attention' | 'critical'
  /** Where one does it. */
  readonly place?: TaskPlace
}

/** What a flagged fact means to a manager. The sale itself counts already; only a person can say what really happened. */
export function taskWords(task: TaskCard): TaskWords {
  const receipt = task.receiptNumber === null ? 'A sale' : `Receipt ${task.receiptNumber}`
  const register = task.registerName ?? 'a register'
  const place = task.storeName === null ? register : `${register}, ${task.storeName}`
  const product = task.productName ?? 'A product'
  switch (task.reason) {
    case 'unknown-product':
      return {
        title: 'Sold without a match',
        text: `${receipt} at ${place} holds a product that the catalog does not have. It counts in sales, and in no stock.`,
        steps: ['Add the product to the catalog, so that the next sale finds it.'],
        tone: 'attention',
        place: '/catalogue',
      }
    case 'dismissed-staff':
      return {
        title: 'Sold by someone who has left',
        text: `${receipt} at ${place} was made under the PIN of a person who may not sell any more.`,
        steps: ['Ask who stood at the register.', 'If the person is back, make them active again.'],
        tone: 'attention',
        place: '/people',
      }
    case 'totals-differ':
      return {
        title: 'The amounts do not add up',
        text: `${receipt} at ${place} adds up to another amount than it says. What the register wrote is kept as it is.`,
        steps: ['Compare the paper with the order.', 'Tell the person who runs Evertill if it comes again.'],
        tone: 'critical',
      }
    case 'payments-differ':
      return {
        title: 'Paid more or less than it cost',
        text: `The payments of ${lower(receipt)} at ${place} do not cover it exactly.`,
        steps: ['Compare the paper with the money in the till.'],
        tone: 'critical',
      }
    case 'revoked-install':
      return {
        title: 'From a device out of use',
        text: `${receipt} came from a device of ${place} that was taken out of use. It counts like every sale.`,
        steps: ['Check that the sale was real.', 'If the device turned up, get it back.'],
        tone: 'critical',
        place: '/registers',
      }
    case 'duplicate-receipt-number':
      return {
        title: 'A receipt number came twice',
        text: `${receipt} at ${place} has the number of another sale. Both count.`,
        steps: ['Look whether a device was copied or its disk put back.'],
        tone: 'critical',
        place: '/registers',
      }
    case 'overpaid-order':
      return {
        title: 'One order, paid twice',
        text: `Two registers took money for one order; the second receipt is ${task.receiptNumber ?? 'at ' + place}. The order counts once, both payments are kept.`,
        steps: ['Find out whether the customer paid twice.', 'If so, give one payment back.'],
        tone: 'critical',
      }
    case 'double-refund':
      return {
        title: 'Refunded more than was paid',
        text: `More was given back for one sale than it cost; ${lower(receipt)} at ${place} was the last.`,
        steps: ['Compare the receipts.', 'Ask who gave the money back.'],
        tone: 'critical',
      }
    case 'closed-shift':
      return {
        title: 'Sale after shift close',
        text: `${receipt} at ${place} belongs to a shift that was closed before it arrived. It counts in the next one.`,
        steps: ['Nothing, unless the cash count differs by this amount.'],
        tone: 'attention',
      }
    case 'negative-stock':
      return {
        title: 'Stock below zero',
        text: `${product} at ${task.storeName ?? place}: more was sold than was there.`,
        steps: ['Count what lies on the shelf.'],
        tone: 'attention',
      }
    case 'count-unsure':
      return {
        title: 'A count to repeat',
        text: `The count of ${lower(product)} at ${place} arrived after the records were put back to an earlier day.`,
        steps: ['Count it again.'],
        tone: 'attention',
      }
    case 'not-permitted':
      return {
        title: 'An edit without permission',
        text: `Someone at ${place} changed what their role may not change. Nothing was changed; the wish is among the conflicts.`,
        steps: ['Look at it there, and take it over if it is right.'],
        tone: 'attention',
      }
    case 'fork':
      return {
        title: 'A device was copied',
        text: `Two devices wrote under the name of ${place}: a copied browser profile, or a disk that was put back. Both go on, each under its own name.`,
        steps: ['Find the second device.', 'Take the one that should not sell out of use.'],
        tone: 'critical',
        place: '/registers',
      }
    case 'parked-operation':
      return {
        title: 'Kept, not understood yet',
        text: `${place} sent something that this release can’t read. It is kept as it came, and tried again after every update.`,
        steps: ['Update the server.'],
        tone: 'attention',
      }
    case 'storage-lost':
      return {
        title: 'A register came back empty',
        text: `${place} got a new device while the one before had sales that have not arrived.`,
        steps: [
          'If the old device still works, connect it to the network and open Evertill on it.',
          'If not, look through the paper receipts since it was heard last.',
        ],
        tone: 'critical',
        place: '/registers',
      }
  }
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
