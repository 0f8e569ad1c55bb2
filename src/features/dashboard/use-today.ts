import { useState } from 'react'

/**
 * Today at the store. Until the first report tells it, the device's own day is the best guess. Of two reports the newer
 * one knows: `at` is when it was made, in ms.
 */
export function useToday(): [today: string, learn: (day: string, at: number) => void] {
  const [told, setTold] = useState(() => ({ day: dayHere(), at: 0 }))
  return [told.day, (day, at) => day !== told.day && at > told.at && setTold({ day, at })]
}

function dayHere(): string {
  const now = new Date()
  const two = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
