import { CircleAlert, Eye, EyeOff, Search, X } from 'lucide-react'
import { useId, useState } from 'react'
import type { InputHTMLAttributes, ReactNode, Ref } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { useLocale } from './locale.tsx'

type NativeProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'type'>

export interface FieldProps extends NativeProps {
  label: string
  value: string
  onChange: (text: string) => void
  type?: 'text' | 'search' | 'number' | 'password' | 'email' | 'tel' | 'date' | 'time' | 'url'
  hint?: ReactNode
  error?: ReactNode
  hideLabel?: boolean
  icon?: ReactNode
  /** After the text, such as a unit or a key. */
  end?: ReactNode
  multiline?: boolean
  inputRef?: Ref<HTMLInputElement>
}

export function Field({
  label,
  value,
  onChange,
  type = 'text',
  hint,
  error,
  hideLabel = false,
  icon,
  end,
  multiline = false,
  inputRef,
  className,
  id: givenId,
  ...rest
}: FieldProps) {
  const ownId = useId()
  const id = givenId ?? ownId
  const noteId = `${id}-note`
  const [isShown, setShown] = useState(false)
  const hasNote = Boolean(error || hint)
  const shared = {
    id,
    value,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': hasNote ? noteId : undefined,
  }

  return (
    <div className={classNames('field-group', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'field-label'}>
        {label}
      </label>
      <div className={classNames('field', Boolean(error) && 'invalid')}>
        {icon ?? (type === 'search' && <Icon of={Search} />)}
        {multiline ? (
          <textarea
            {...shared}
            placeholder={rest.placeholder}
            disabled={rest.disabled}
            readOnly={rest.readOnly}
            maxLength={rest.maxLength}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <input
            {...rest}
            {...shared}
            ref={inputRef}
            type={type === 'password' && isShown ? 'text' : type}
            inputMode={rest.inputMode ?? (type === 'number' ? 'decimal' : undefined)}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
        {type === 'search' && value !== '' && <ClearButton onPress={() => onChange('')} />}
        {type === 'password' && <ShowButton isShown={isShown} onPress={() => setShown(!isShown)} />}
        {end}
      </div>
      {hasNote && <FieldNote id={noteId} hint={hint} error={error} />}
    </div>
  )
}

export function FieldNote({ id, hint, error }: { id: string; hint?: ReactNode; error?: ReactNode }) {
  if (!error) {
    return (
      <p id={id} className="field-hint">
        {hint}
      </p>
    )
  }
  return (
    <p id={id} className="field-error" role="alert">
      <Icon of={CircleAlert} size={16} />
      <span>{error}</span>
    </p>
  )
}

function ClearButton({ onPress }: { onPress: () => void }) {
  const { wording } = useLocale()
  return (
    <button type="button" className="field-button" aria-label={wording.clear} onClick={onPress}>
      <Icon of={X} />
    </button>
  )
}

function ShowButton({ isShown, onPress }: { isShown: boolean; onPress: () => void }) {
  const { wording } = useLocale()
  return (
    <button
      type="button"
      className="field-button"
      aria-label={wording.showCharacters}
      aria-pressed={isShown}
      onClick={onPress}
    >
      <Icon of={isShown ? EyeOff : Eye} />
    </button>
  )
}
