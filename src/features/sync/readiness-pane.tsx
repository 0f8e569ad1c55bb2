import { Check, CircleAlert, RefreshCw, TriangleAlert } from 'lucide-react'
import { device } from '../../app/device.ts'
import { useNeededRead } from '../../app/read-boundary.tsx'
import { Display } from '../../ui/display.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Pane } from '../../ui/pane.tsx'
import { LoadingState } from '../../ui/state-views.tsx'
import type { Readiness, ReadinessCheck } from '../../worker/api-device.ts'
import { readinessWords, worstFirst } from './readiness-words.ts'

const lookAgainMs = 30_000

/** Whether this device could open the shop now with the network gone. */
export function ReadinessPane({ kind }: { kind: 'register' | 'office' }) {
  const { locale } = useLocale()
  const looking = useNeededRead<Readiness>({
    queryKey: ['status', 'readiness'],
    queryFn: () => device.readiness(),
    refetchInterval: lookAgainMs,
    placeholderData: (last) => last,
  })
  const found = looking.data
  return (
    <Pane
      title="Before opening"
      action={
        <Key
          variant="flat"
          size="small"
          icon={<Icon of={RefreshCw} size={16} />}
          busy={looking.isFetching}
          onPress={() => void looking.refetch()}
        >
          Look again
        </Key>
      }
    >
      {found === undefined ? (
        <LoadingState />
      ) : (
        <>
          <Display
            className="mb-3 px-5 py-4"
            label={kind === 'register' ? 'Ready to sell without a network' : 'Ready without a network'}
            aside={readinessWords(found)}
          >
            <p className="flex items-baseline gap-2">
              <bdi className="lit-amount text-4xl">{formatNumber(found.score, locale)}</bdi>
              <span className="dim">of 100</span>
            </p>
          </Display>
          <CheckList checks={found.checks} />
        </>
      )}
    </Pane>
  )
}

export function CheckList({ checks }: { checks: readonly ReadinessCheck[] }) {
  return (
    <ul>
      {worstFirst(checks).map(({ key, state, sentence, mend }) => (
        <li key={key} className="flex gap-3 border-t border-rule py-2.5 first:border-t-0">
          <CheckMark state={state} />
          <p className="min-w-0">
            {sentence}
            {mend !== null && <small className="block text-sm text-ink-2">{mend}</small>}
          </p>
        </li>
      ))}
    </ul>
  )
}

function CheckMark({ state }: { state: ReadinessCheck['state'] }) {
  switch (state) {
    case 'ok':
      return <Icon of={Check} label="In order:" className="mt-px text-accent" />
    case 'attention':
      return <Icon of={TriangleAlert} label="Worth a look:" className="mt-px text-attention" />
    case 'missing':
      return <Icon of={CircleAlert} label="Missing:" className="mt-px text-critical" />
  }
}
