import { useNavigate, useSearch } from '@tanstack/react-router'

/** The record that is open, by its id; it stands in the address. */
export type SettingsPlace = {
  readonly item: string | null
  open(item: string): void
  /** Asks first where something is not saved. */
  close(): void
  closeAtOnce(): void
}

export function useSettingsPlace(): SettingsPlace {
  const navigate = useNavigate()
  const { item }: { item?: unknown } = useSearch({ strict: false })
  return {
    item: typeof item === 'string' && item !== '' ? item : null,
    open: (opened) => void navigate({ to: '/settings', search: { item: opened } }),
    close: () => void navigate({ to: '/settings', search: {}, replace: true }),
    closeAtOnce: () => void navigate({ to: '/settings', search: {}, replace: true, ignoreBlocker: true }),
  }
}
