import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { Amount } from '../../src/ui/amount.tsx'
import { Delta } from '../../src/ui/delta.tsx'
import { Key } from '../../src/ui/key.tsx'
import { LocaleProvider, directionOf } from '../../src/ui/locale.tsx'
import { PinDots } from '../../src/ui/pin-dots.tsx'
import { ProgressBar } from '../../src/ui/progress-bar.tsx'
import { StatusKey } from '../../src/ui/status-key.tsx'

const HOUR_MS = 3_600_000

describe('Key', () => {
  test('a key that is off can still be focused, and says why', () => {
    const html = renderToStaticMarkup(<Key offReason="Nothing to park">Park</Key>)
    expect(html).toContain('aria-disabled="true"')
    expect(html).not.toContain(' disabled')
    expect(html).toContain('Nothing to park')
  })

  test('a busy key keeps its label', () => {
    const html = renderToStaticMarkup(<Key busy>Printing</Key>)
    expect(html).toContain('Printing')
    expect(html).toContain('aria-busy="true"')
  })

  test('only toggles speak of being pressed', () => {
    expect(renderToStaticMarkup(<Key>Cash</Key>)).not.toContain('aria-pressed')
    expect(renderToStaticMarkup(<Key pressed={false}>Cash</Key>)).toContain('aria-pressed="false"')
  })
})

describe('StatusKey', () => {
  const render = (unsentCount: number, oldestAgeMs: number | null, online = true, storageShort = false) =>
    renderToStaticMarkup(
      <StatusKey {...{ unsentCount, oldestAgeMs, online, storageShort }} onPress={() => {}} />,
    )

  test('everything sent is solid and calm', () => {
    const html = render(0, null)
    expect(html).toContain('All sent')
    expect(html).toContain('solid')
    expect(html).not.toContain('attention')
  })

  test('what is only here is hatched, counted and aged; no network is not an alarm', () => {
    const html = render(214, 3.2 * HOUR_MS, false)
    expect(html).toContain('214 only here')
    expect(html).toContain('3 h')
    expect(html).toContain('hatch')
    expect(html).toContain('Offline')
    expect(html).not.toContain('attention')
  })

  test('a day old is worth a look, and so is storage that runs short', () => {
    expect(render(1906, 24 * HOUR_MS - 1)).not.toContain('attention')
    expect(render(1906, 24 * HOUR_MS)).toContain('attention')
    expect(render(3, 0, true, true)).toContain('Storage nearly full · save a copy')
  })
})

describe('Amount', () => {
  test('the Display has lighter cents, and figures never turn round', () => {
    const html = renderToStaticMarkup(<Amount minor={3837} currency="USD" exponent={2} look="display" />)
    expect(html).toContain('<bdi dir="ltr"')
    expect(html).toContain('$38<span class="cents">.37</span>')
  })

  test('what is below zero is copper only where asked', () => {
    expect(renderToStaticMarkup(<Amount minor={-90} currency="USD" exponent={2} tone="auto" />)).toContain(
      'text-less',
    )
    expect(renderToStaticMarkup(<Amount minor={-90} currency="USD" exponent={2} />)).not.toContain(
      'text-less',
    )
  })
})

test('Delta: the arrow tells the direction, the tone whether it is good', () => {
  expect(renderToStaticMarkup(<Delta ratio={0.607} goodWhen="down" />)).toMatch(/bad.*arrow-up.*60\.7%/s)
  expect(renderToStaticMarkup(<Delta ratio={-0.044} goodWhen="down" />)).toMatch(/good.*arrow-down.*4\.4%/s)
})

test('texts of the kit can be translated', () => {
  const html = renderToStaticMarkup(
    <LocaleProvider locale="de-DE" wording={{ pinDigits: (filled, length) => `${filled} von ${length}` }}>
      <PinDots length={4} filled={2} />
    </LocaleProvider>,
  )
  expect(html).toContain('2 von 4')
  expect(directionOf('ar-EG')).toBe('rtl')
  expect(directionOf('de')).toBe('ltr')
})

test('progress without a known end tells no number', () => {
  expect(renderToStaticMarkup(<ProgressBar label="Sending" value={null} />)).not.toContain('aria-valuenow')
  expect(renderToStaticMarkup(<ProgressBar label="Sending" value={0.4} />)).toContain('aria-valuenow="40"')
})
