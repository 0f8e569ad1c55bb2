import { useNavigate } from '@tanstack/react-router'
import { GraduationCap } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { formatTime } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { SyncFacts } from '../../worker/api-device.ts'
import { device, useDeviceQuery } from '../device.ts'
import { drillWords } from './drill-words.ts'
import { useDrillEnd } from './use-drill-end.ts'
import './drill-band.css'

/** Says that an outage is being practised, until when, and ends it: across the top of the till, or a card on a page. */
export function DrillBand({ look = 'band' }: { look?: 'band' | 'card' }) {
  const { locale } = useLocale()
  const navigate = useNavigate()
  const toasts = useToast()
  const { end, isEnding } = useDrillEnd()
  const band = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const element = band.current
    return () => {
      // It goes when the practice is over: who has just pressed its key reads on in the page.
      if (element?.contains(document.activeElement)) document.querySelector('main')?.focus()
    }
  }, [])
  const { data: facts } = useDeviceQuery<SyncFacts>('status', ['facts'], () => device.syncFacts())
  const endNow = async () => {
    const ended = await end()
    if (!ended.ok) return toasts.showFailure(ended.failure)
    toasts.show({
      text: `Practice over. ${drillWords(ended.value)}`,
      action: { label: 'Report', onPress: () => void navigate({ to: '/sync' }) },
    })
  }
  return (
    <aside
      ref={band}
      className={classNames('drill-band', look === 'card' && 'card')}
      aria-label="Practice outage"
    >
      <Icon of={GraduationCap} />
      <p>
        <b>Practice outage.</b> Nothing is sent
        {facts?.drill ? ` until ${formatTime(facts.drill.endsAt, locale)}` : ''}; selling goes on.
      </p>
      <Key busy={isEnding} onPress={() => void endNow()}>
        End
      </Key>
    </aside>
  )
}
