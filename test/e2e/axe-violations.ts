import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
export const axeSizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const
/** All of them once; by night again those that look at colours, as everything else is the same. */
const schemes = [
  { colorScheme: 'light', runOnly: { type: 'tag', values: rules } },
  { colorScheme: 'dark', runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } },
] as const

type Found = {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}
type Axe = { run(context: Document, options: object): Promise<{ violations: Found[]; passes: unknown[] }> }

/** What axe finds on the page as it is now, at both sizes, in light and dark: a line for each element. */
export async function axeViolations(
  page: Page,
  options: { readonly sizes?: readonly { width: number; height: number }[] } = {},
): Promise<string[]> {
  const found: string[] = []
  for (const size of options.sizes ?? axeSizes) {
    await page.setViewportSize(size)
    for (const { colorScheme, runOnly } of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const line of await violationsNow(page, runOnly))
        found.push(`${size.width} ${colorScheme}: ${line}`)
    }
  }
  await page.setViewportSize(axeSizes[0])
  return found
}

async function violationsNow(page: Page, runOnly: object): Promise<string[]> {
  await coloursAreSettled(page)
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  const result = await page.evaluate(
    (wanted) =>
      (globalThis as unknown as { axe: Axe }).axe
        .run(document, { runOnly: wanted, resultTypes: ['violations'] })
        .then(({ violations: list, passes }) => ({ list, passed: passes.length })),
    runOnly,
  )
  expect(result.passed).toBeGreaterThan(0)
  return result.list.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id} ${html.slice(0, 160)} ${failureSummary.split('\n')[1]?.trim()}`,
    ),
  )
}

/** A colour on its way to another is neither: each is what it will be, without a way there. */
async function coloursAreSettled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const kept = globalThis as unknown as { withoutTransitions?: CSSStyleSheet }
    if (!kept.withoutTransitions) {
      kept.withoutTransitions = new CSSStyleSheet()
      kept.withoutTransitions.replaceSync('*, ::before, ::after { transition: none !important }')
      document.adoptedStyleSheets.push(kept.withoutTransitions)
    }
    await new Promise((drawn) => requestAnimationFrame(drawn))
  })
}
