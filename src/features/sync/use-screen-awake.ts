import { useEffect } from 'react'

/** A tablet that dims in the middle of a row of codes would end it. */
export function useScreenAwake(): void {
  useEffect(() => {
    const wakeLock = navigator.wakeLock as WakeLock | undefined
    // Refused on a low battery: then the person taps the screen.
    const lock = wakeLock?.request('screen').catch(() => null)
    return () => void lock?.then((held) => held?.release())
  }, [])
}
