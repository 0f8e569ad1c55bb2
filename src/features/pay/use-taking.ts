import { useRef, useState } from 'react'
import type { Failure } from '#domain/failure.ts'
import type { OpenOrder } from '#domain/order.ts'
import { answered } from '../../app/deed.ts'
import type { Sold, TenderInput } from '../../worker/api-selling.ts'
import { device } from '../../app/device.ts'
import type { Tendering } from './tendering.ts'

export interface Taking {
  /** Parts paid so far. */
  taken: readonly TenderInput[]
  isPaying: boolean
  failure: Failure | null
  /** Takes a part, or pays the order when that completes it. */
  take: (tendering: Tendering) => void
  takeBack: (index: number) => void
}

const UNKNOWN: Failure = {
  code: 'pay/unknown',
  sentence: 'Something went wrong, and it isn’t known whether the sale was saved.',
  mend: 'Try again: it is taken once only.',
  dataSafe: true,
}

/** The device answers the first result when an order is paid twice, so trying again is always safe. */
export function useTaking(order: OpenOrder, onSold: (sold: Sold) => void): Taking {
  const [taken, setTaken] = useState<readonly TenderInput[]>([])
  const [isPaying, setPaying] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  // Two presses can come before the first one is drawn.
  const isStarted = useRef(false)

  const pay = async (tenders: readonly TenderInput[]) => {
    const result = await answered(() => device.payOrder(order, tenders), UNKNOWN)
    isStarted.current = false
    setPaying(false)
    if (result.ok) onSold(result.value)
    else setFailure(result.failure)
  }
  const take = ({ next, completes }: Tendering) => {
    if (isStarted.current) return
    setFailure(null)
    if (!completes) {
      if (next.amountMinor > 0) setTaken([...taken, next])
      return
    }
    isStarted.current = true
    setPaying(true)
    void pay([...taken, next])
  }
  return {
    taken,
    isPaying,
    failure,
    take,
    takeBack: (index) => {
      if (!isStarted.current) setTaken(taken.toSpliced(index, 1))
    },
  }
}
