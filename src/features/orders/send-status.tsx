import { TriangleAlert, WifiOff } from 'lucide-react'
import { device, useDeviceQuery } from '../../app/device.ts'
import { useTill } from '../../app/till/till-context.ts'
import { useNow } from '../../app/till/use-now.ts'
import type { SyncStatus } from '../../worker/api-device.ts'
import { Hatch, Solid } from '../../ui/hatch.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { contactWords, sentWords } from './status-words.ts'

/** What is only on this device and for how long, and what somebody has to do about it, if anything. */
export function SendStatus() {
  const { locale, wording } = useLocale()
  const { timeZone } = useTill().store
  const { data: status } = useDeviceQuery<SyncStatus>('status', [], () => device.status())
  const now = useNow(status?.busyUntil == null ? 15_000 : 1_000)
  if (!status) return null
  return (
    <section className="send-status" aria-label="What is sent">
      <div className="send-words">
        {status.unsentCount > 0 ? <Hatch size={18} /> : <Solid size={18} />}
        <p>
          <b>{sentWords(status, now, locale, wording)}</b>
          <small>{contactWords(status, now, locale, wording, timeZone)}</small>
        </p>
        {!status.isOnline && <Icon of={WifiOff} label={wording.offline} />}
        {status.unsentCount > 0 && (
          <Key size="small" busy={status.isSyncing} onPress={() => void device.wakeSync().catch(reportError)}>
            Send now
          </Key>
        )}
      </div>
      {status.isStorageShort && (
        <Notice text="Storage nearly full. Sales are safe: connect to Wi-Fi or save a copy today." />
      )}
      {status.trouble && <Notice text={`${status.trouble.sentence} ${status.trouble.mend}`} />}
    </section>
  )
}

function Notice({ text }: { text: string }) {
  return (
    <p className="send-notice" role="status">
      <Icon of={TriangleAlert} />
      <span>{text}</span>
    </p>
  )
}
