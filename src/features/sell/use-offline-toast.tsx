import { WifiOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { device, useDeviceQuery } from '../../app/device.ts'
import { Icon } from '../../ui/icon.tsx'
import { useToast } from '../../ui/toast.tsx'

/** One message on going offline; none on coming back, because nobody has to do anything. */
export function useOfflineToast(): void {
  const toasts = useToast()
  const { data: status } = useDeviceQuery('status', [], () => device.status())
  const isOnline = status?.isOnline
  const wasOnline = useRef<boolean | undefined>(undefined)
  useEffect(() => {
    if (wasOnline.current === true && isOnline === false)
      toasts.show({
        text: 'Offline. Selling goes on; sales send themselves later.',
        icon: <Icon of={WifiOff} />,
      })
    wasOnline.current = isOnline
  }, [isOnline, toasts])
}
