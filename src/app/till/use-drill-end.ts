import { useIsMutating, useMutation } from '@tanstack/react-query'
import { device } from '../device.ts'

const mutationKey = ['end-drill']

/** Ends the practice outage. What was sold gets a minute to arrive, so the report may take that long. */
export function useDrillEnd() {
  const isEnding = useIsMutating({ mutationKey }) > 0
  const { mutateAsync: end } = useMutation({
    mutationKey,
    mutationFn: () => device.endDrill(),
    networkMode: 'always',
  })
  return { end, isEnding }
}
