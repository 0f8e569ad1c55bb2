/** The shortest that browsers allow. */
const lookEveryMs = 4

/**
 * Looks in on the page's main thread again and again until the returned function is called. That one tells the longest time
 * in ms in which it could not: up to `lookEveryMs` too much, and with whatever else kept the machine busy.
 */
export function watchMainThread(): () => number {
  let lookedAt = performance.now()
  let longest = 0
  const look = (): void => {
    const now = performance.now()
    longest = Math.max(longest, now - lookedAt)
    lookedAt = now
  }
  const timer = setInterval(look, lookEveryMs)
  return () => {
    clearInterval(timer)
    look()
    return longest
  }
}
