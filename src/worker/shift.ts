import { failed, success } from '#domain/failure.ts'
import { actNow } from './act.ts'
import type { DeviceApi } from './api.ts'
import { notARegister, type TillDependencies } from './till.ts'
import { unlessFull } from './unless-full.ts'
import { withWholeCharacters } from './whole-characters.ts'

/** The till's settlement and the cash moved outside sales. */
export function createShift(
  dependencies: Omit<TillDependencies, 'catalogue'>,
): Pick<DeviceApi, 'closeShift' | 'moveCash'> {
  const { store, events, newId, wakeSync } = dependencies
  const changed = (): void => {
    events.emit({ topics: ['status', 'sales'] })
    wakeSync()
  }
  return {
    closeShift: async (countedCashMinor) => {
      if (!Number.isSafeInteger(countedCashMinor) || countedCashMinor < 0) return notAnAmount
      return unlessFull(async () => {
        if ((await store.loadInstall())?.kind !== 'register') return notARegister
        const closed = await store.closeShift(await actNow(dependencies), countedCashMinor)
        if (closed === null)
          return failed('shift/none', 'No shift is open.', 'It opens by itself with the first sale.')
        changed()
        const { zNumber, orderCount, netMinor, expectedCashMinor } = closed
        const overShortMinor = countedCashMinor - expectedCashMinor
        return success({
          zNumber,
          orderCount,
          netMinor,
          expectedCashMinor,
          countedCashMinor,
          overShortMinor,
        })
      })
    },
    moveCash: async (kind, amountMinor, reason) => {
      if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) return notAnAmount
      return unlessFull(async () => {
        if ((await store.loadInstall())?.kind !== 'register') return notARegister
        await store.moveCash(await actNow(dependencies), {
          cashMovementId: newId(),
          kind,
          amountMinor,
          reason: withWholeCharacters(reason.slice(0, 1_000)),
          newShift: { shiftId: newId(), opId: newId() },
        })
        changed()
        return success(null)
      })
    },
  }
}

const notAnAmount = failed(
  'cash/not-an-amount',
  'This is not an amount.',
  'Write it with digits, like 12.50.',
)
