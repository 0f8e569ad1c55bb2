import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { Key } from './key.tsx'
import { useLocale } from './locale.tsx'

const BAR_WIDTHS = ['80%', '55%', '70%', '40%']

interface StateProps {
  title: ReactNode
  text?: ReactNode
}

export function EmptyState({
  icon,
  title,
  text,
  action,
}: StateProps & { icon?: ReactNode; action?: ReactNode }) {
  return (
    <div className="state-view">
      {icon}
      <StateText title={title} text={text} />
      {action}
    </div>
  )
}

export function ErrorState({
  title,
  text,
  code,
  onRetry,
}: StateProps & { code?: string; onRetry?: () => void }) {
  const { wording } = useLocale()
  return (
    <div className="state-view" role="alert">
      <Icon of={CircleAlert} size={24} />
      <StateText
        title={title}
        text={
          <>
            {text} {code !== undefined && wording.code(code)}
          </>
        }
      />
      {onRetry && (
        <Key size="small" onPress={onRetry}>
          {wording.tryAgain}
        </Key>
      )}
    </div>
  )
}

/** Still bars in place of what comes; they appear after 150 ms only. */
export function LoadingState({ rows = 4 }: { rows?: number }) {
  const { wording } = useLocale()
  return (
    <div className="loading-view" role="status" aria-label={wording.loading}>
      {Array.from({ length: rows }, (_, index) => (
        <i key={index} style={{ width: BAR_WIDTHS[index % BAR_WIDTHS.length] }} />
      ))}
    </div>
  )
}

function StateText({ title, text }: StateProps) {
  return (
    <span>
      <strong>{title}</strong>
      {text}
    </span>
  )
}
