import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('../../src/ui/tokens.css', import.meta.url), 'utf8')
const BY_PREFERENCE = ":root:not([data-theme='light']) {"
const BY_CHOICE = ":root[data-theme='dark'] {"

describe('tokens', () => {
  test('the dark theme by preference and the dark theme by choice are equal', () => {
    const byPreference = declarationsAfter(css, BY_PREFERENCE)
    const byChoice = declarationsAfter(css, BY_CHOICE)
    expect(Object.keys(byPreference).length).toBeGreaterThan(80)
    expect(byChoice).toEqual(byPreference)
  })

  test('a value changed in one dark block only is found', () => {
    const tampered = css.replace('--page: #091214;', '--page: #101010;')
    expect(declarationsAfter(tampered, BY_PREFERENCE)).not.toEqual(declarationsAfter(tampered, BY_CHOICE))
  })

  test('the dark theme names only what the light one has', () => {
    const light = declarationsAfter(css, ':root {')
    const dark = declarationsAfter(css, BY_CHOICE)
    expect(Object.keys(dark).filter((name) => !(name in light))).toEqual([])
  })

  test.each([
    ['ink', 'page', 7],
    ['ink-2', 'page', 4.5],
    ['ink-3', 'sunk', 4.5],
    ['accent', 'page', 4.5],
    ['accent', 'accent-soft', 4.5],
    ['less', 'page', 4.5],
    ['on-main', 'main', 4.5],
    ['on-critical', 'critical', 4.5],
    ['attention', 'attention-soft', 4.5],
    ['critical', 'critical-soft', 4.5],
    ['display-dim', 'display', 7],
    ['display-less', 'display', 7],
    ['lit', 'display', 7],
    ['on-key-lit', 'key-lit', 7],
    ['key-foot', 'page', 3],
    ['focus', 'page', 3],
  ])('%s on %s has a contrast of at least %s in both themes', (front, back, least) => {
    const light = declarationsAfter(css, ':root {')
    const dark = { ...light, ...declarationsAfter(css, BY_CHOICE) }
    for (const theme of [light, dark]) {
      expect(contrast(theme[`--${front}`] ?? '', theme[`--${back}`] ?? '')).toBeGreaterThanOrEqual(least)
    }
  })
})

function declarationsAfter(text: string, selector: string): Record<string, string> {
  expect(text).toContain(selector)
  const start = text.indexOf(selector) + selector.length
  const block = text.slice(start, text.indexOf('}', start)).replaceAll(/\/\*.*?\*\//gs, '')
  const pairs = block.split(';').flatMap((line) => {
    const [name, ...value] = line.split(':')
    return name && value.length > 0 ? [[name.trim(), value.join(':').trim()] as const] : []
  })
  return Object.fromEntries(pairs)
}

function contrast(front: string, back: string): number {
  const [low, high] = [luminance(front), luminance(back)].sort((left, right) => left - right)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
