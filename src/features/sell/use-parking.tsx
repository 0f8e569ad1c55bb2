import { Pause } from 'lucide-react'
import type { Failure } from '#domain/failure.ts'
import type { OpenOrder } from '#domain/order.ts'
import { answered } from '../../app/deed.ts'
import { device, useDeviceQuery } from '../../app/device.ts'
import { newId } from '../../app/till/new-id.ts'
import { keepOpenOrder } from '../../app/till/open-order.ts'
import { Icon } from '../../ui/icon.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { ParkedCard } from '../../worker/api-selling.ts'
import { emptyOrder } from './order-editing.ts'
import type { OrderEdit } from './order-editing.ts'

const NOT_KNOWN_PARKED: Failure = {
  code: 'order/parking-unknown',
  sentence: 'Something went wrong, and it isn’t known whether the order was parked.',
  mend: 'It is open here again.',
  dataSafe: true,
}

const NO_ORDERS: readonly ParkedCard[] = []

export interface Parking {
  parked: readonly ParkedCard[]
  park: () => void
  resume: (order: OpenOrder) => void
  discard: (order: OpenOrder) => void
}

/** Parking answers at once; what the device could not keep comes back into the order. */
export function useParking(order: OpenOrder, edit: (edit: OrderEdit) => void): Parking {
  const toasts = useToast()
  const { data: parked = NO_ORDERS } = useDeviceQuery('parked', [], () => device.parkedOrders())

  const keep = async (leaving: OpenOrder) => {
    const kept = await answered(
      () => device.parkOrder({ ...leaving, parkedAs: nameOf(leaving) }),
      NOT_KNOWN_PARKED,
    )
    if (kept.ok) return
    edit({ kind: 'bring-back', order: leaving })
    toasts.showFailure(kept.failure)
  }
  const park = () => {
    if (order.lines.length === 0) return
    edit({ kind: 'open', order: emptyOrder(newId(), Date.now()) })
    toasts.show({ text: 'Order parked.', icon: <Icon of={Pause} /> })
    void keep(order)
  }
  const take = async (wanted: OpenOrder) => {
    if (order.lines.length > 0) await keep(order)
    const resumed = await answered(() => device.resumeOrder(wanted.orderId))
    if (!resumed.ok) toasts.showFailure(resumed.failure)
  }
  const resume = (wanted: OpenOrder) => {
    edit({ kind: 'open', order: wanted })
    // On the device before it leaves the list of parked orders: it must not be in neither.
    keepOpenOrder(wanted)
    if (order.lines.length > 0)
      toasts.show({ text: 'The order before it is parked.', icon: <Icon of={Pause} /> })
    void take(wanted)
  }
  const takeOff = async (unwanted: OpenOrder) => {
    const discarded = await answered(() => device.discardParkedOrder(unwanted.orderId))
    if (!discarded.ok) return toasts.showFailure(discarded.failure)
    toasts.show({
      text: 'Parked order discarded.',
      action: { label: 'Undo', onPress: () => void putBack(unwanted) },
    })
  }
  const putBack = async (wanted: OpenOrder) => {
    // What was voided stays so for everybody ([R4]): the order comes back as a new one.
    const parkedAgain = await answered(() => device.parkOrder({ ...wanted, orderId: newId() }))
    if (!parkedAgain.ok) toasts.showFailure(parkedAgain.failure)
  }
  return { parked, park, resume, discard: (unwanted) => void takeOff(unwanted) }
}

const NAMES_SHOWN = 3

/** The name on the park list: what is in it. */
function nameOf({ lines }: OpenOrder): string {
  const names = lines.slice(0, NAMES_SHOWN).map((line) => line.name)
  return lines.length > NAMES_SHOWN
    ? `${names.join(', ')} and ${lines.length - NAMES_SHOWN} more`
    : names.join(', ')
}
