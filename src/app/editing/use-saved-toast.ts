import { useToast } from '../../ui/toast.tsx'
import type { SyncStatus } from '../../worker/api-device.ts'
import { device, useDeviceQuery } from '../device.ts'

/** Says what was done, and without a network that the others hear of it later. */
export function useSavedToast(): (text: string, undo?: () => void) => void {
  const toast = useToast()
  const { data: status } = useDeviceQuery<SyncStatus>('status', [], () => device.status())
  return (text, undo) => {
    const isOffline = status?.isOnline === false || !navigator.onLine
    toast.show({
      text: isOffline ? `${text} Other devices get it when this one is online.` : text,
      ...(undo && { action: { label: 'Undo', onPress: undo } }),
    })
  }
}
