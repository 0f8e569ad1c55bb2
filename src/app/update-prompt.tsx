import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { Key } from '../ui/key.tsx'
import { applyUpdate, isOrderOpenHere, useUpdateReady } from './update.ts'

const lookAgainMs = 10_000

/** Offers the new version between two sales, never during one. */
export function UpdatePrompt() {
  const isReady = useUpdateReady()
  return isReady && <Offer />
}

function Offer() {
  const path = useLocation({ select: (location) => location.pathname })
  const [isPutOff, setPutOff] = useState(false)
  const { data: isHeld = true } = useQuery({
    queryKey: ['update-held', path],
    queryFn: isOrderOpenHere,
    refetchInterval: lookAgainMs,
    staleTime: 0,
  })
  if (isHeld || isPutOff) return null
  return (
    <aside
      role="status"
      className="fixed start-4 bottom-4 z-50 flex max-w-[calc(100vw-2rem)] flex-wrap items-center gap-x-3 gap-y-2 rounded-pane bg-raised py-2 ps-4 pe-2 shadow-pop max-tablet:bottom-26"
    >
      <span className="font-label">A new version is ready</span>
      <span className="flex gap-1">
        <Key size="small" variant="flat" onPress={() => setPutOff(true)}>
          Later
        </Key>
        <Key size="small" variant="main" onPress={() => void applyUpdate()}>
          Use it now
        </Key>
      </span>
    </aside>
  )
}
