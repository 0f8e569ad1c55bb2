import { Sheet } from '../../ui/sheet.tsx'

const SHORTCUTS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['/', 'F2'], 'Search products'],
  [['Enter'], 'Add the best match; press the key in focus'],
  [['Esc'], 'Clear the search; close what is open'],
  [['↑', '↓', '←', '→'], 'Move among products, categories and lines'],
  [['+', '−'], 'One more, one less of the line'],
  [['Delete'], 'Remove the line'],
  [['F8'], 'Park the order'],
  [['F9', 'Ctrl Enter'], 'Charge'],
  [['F4'], 'Lock the till'],
  [['?'], 'This list'],
]

export function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  return (
    <Sheet open onClose={onClose} title="Keyboard shortcuts">
      <dl className="shortcut-list">
        {SHORTCUTS.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-sm text-ink-2">A scanner works at any time, wherever the focus is.</p>
    </Sheet>
  )
}
