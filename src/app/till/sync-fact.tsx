import type { ReactNode } from 'react'
import type { SyncState } from '../../worker/api-selling.ts'
import { Hatch, Solid } from '../../ui/hatch.tsx'

/** Where a sale is known, in words beside its mark. */
export function SyncFact({ state, isOnline }: { state: SyncState; isOnline: boolean }) {
  if (state !== 'only-here')
    return (
      <Fact mark={<Solid />} what={state === 'sent' ? 'Sale saved and sent.' : 'Sold on another device.'}>
        {state === 'sent' ? 'Every device of the shop gets it.' : 'This device has a copy.'}
      </Fact>
    )
  return (
    <Fact mark={<Hatch />} what="Sale saved on this tablet.">
      {isOnline ? 'It sends itself in a moment.' : 'It sends itself when the network is back.'}
    </Fact>
  )
}

function Fact({ mark, what, children }: { mark: ReactNode; what: string; children: ReactNode }) {
  return (
    <p className="receipt-fact">
      {mark}
      <span>
        <b>{what}</b> {children}
      </span>
    </p>
  )
}
