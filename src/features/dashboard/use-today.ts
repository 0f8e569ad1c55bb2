import { useState } from 'react'

/** Today at the store. Until the first report tells it, the device's own day is the best guess. */
export function useToday(): [today: string, learn: (day: string) => void] {
  const [today, setToday] = useState(dayHere)
  return [today, (day) => day !== today && setToday(day)]
}

function dayHere(): string {
  const now = new Date()
  const two = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
