import { applyStoredTheme } from '../ui/theme.ts'

/** Applies the stored choice before the first paint and keeps the colour of the browser's own bar with it from then on. */
export function applyTheme(): void {
  applyStoredTheme()
  colourBrowserBar()
  new MutationObserver(colourBrowserBar).observe(document.documentElement, {
    attributeFilter: ['data-theme'],
  })
}

/** index.html has one `theme-color` per system setting; a chosen theme lets only its own apply. */
function colourBrowserBar(): void {
  const chosen = document.documentElement.dataset.theme
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.dataset.scheme ??= meta.media.includes('dark') ? 'dark' : 'light'
    const scheme = meta.dataset.scheme
    meta.media =
      chosen === undefined ? `(prefers-color-scheme: ${scheme})` : chosen === scheme ? 'all' : 'not all'
  }
}
