import { readFile } from 'node:fs/promises'
import { basename, join, posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseAst } from 'vite'

/**
 * What a till may load over a shop's line before the first sale; 1 kB is 1,000 bytes. A ratchet: it weighed 239 kB when
 * this was set, and only a decision record may raise it. The goal is 175 kB (docs/decisions/0011-first-load.md).
 */
export const budgetBytes = 245_000

/** The lazily loaded screen that a register opens first. */
const firstScreen = 'till-screen'

export type LoadedFile = {
  /** Below dist/. */
  readonly path: string
  readonly part: 'page' | 'app' | 'till' | 'worker' | 'styles' | 'font'
  /** Fonts as they are: they are compressed already. */
  readonly bytes: number
}

export type FirstLoad = {
  readonly files: readonly LoadedFile[]
  /** Everything but fonts, which are loaded when text is shown in them and never hold up a sale. */
  readonly totalBytes: number
  readonly fontBytes: number
}

/**
 * What a register's browser asks for on its first visit: the page, the scripts and styles it names, the till's screen,
 * the worker, and whatever these import statically. Throws where a part can't be found: the check would be blind.
 */
export async function measureFirstLoad(dist: string): Promise<FirstLoad> {
  const parts = new Map<string, LoadedFile['part']>([['index.html', 'page']])
  const linked = linkedFiles(await readFile(join(dist, 'index.html'), 'utf8'))
  for (const path of linked) parts.set(path, path.endsWith('.css') ? 'styles' : 'app')
  // A map yields what is added to it while it is read.
  for (const [path, part] of parts) {
    if (part === 'page' || part === 'font') continue
    const text = await readFile(join(dist, path), 'utf8')
    const found = path.endsWith('.css') ? fontsOf(text, path) : scriptNeeds(text, path, part)
    for (const [needed, as] of found) if (!parts.has(needed)) parts.set(needed, as)
  }
  for (const part of ['app', 'till', 'worker', 'styles'] as const)
    if (![...parts.values()].includes(part))
      throw new Error(`The build has no ${part}: is it another build now?`)
  const files = await Promise.all([...parts].map(([path, part]) => measureFile(dist, path, part)))
  const sumOf = (isFont: boolean) =>
    files.filter(({ part }) => (part === 'font') === isFont).reduce((sum, { bytes }) => sum + bytes, 0)
  return { files, totalBytes: sumOf(false), fontBytes: sumOf(true) }
}

export function formatFirstLoad({ files, totalBytes, fontBytes }: FirstLoad): string {
  const order: readonly LoadedFile['part'][] = ['page', 'app', 'till', 'worker', 'styles', 'font']
  const lines = files
    .toSorted((a, b) => order.indexOf(a.part) - order.indexOf(b.part) || b.bytes - a.bytes)
    .map(({ part, path, bytes }) => `${part.padEnd(8)}${kilobytes(bytes)}  ${path}`)
  return [
    ...lines,
    `${'total'.padEnd(8)}${kilobytes(totalBytes)}  gzip, of ${budgetBytes / 1000} kB; fonts apart, ${(fontBytes / 1000).toFixed(1)} kB`,
  ].join('\n')
}

type Needed = [path: string, part: LoadedFile['part']]

function linkedFiles(html: string): string[] {
  const tags = html.match(/<(script|link)\b[^>]*>/g) ?? []
  return tags
    .filter((tag) => /type="module"|rel="(modulepreload|stylesheet)"/.test(tag))
    .flatMap((tag) => /(?:src|href)="\/([^"]+)"/.exec(tag)?.[1] ?? [])
}

function fontsOf(css: string, path: string): Needed[] {
  return [...css.matchAll(/url\(["']?([^"')]+\.woff2)["']?\)/g)].map((match) => [
    resolvePath(path, match[1]!),
    'font',
  ])
}

type Node = { type: string; start: number; end: number; [key: string]: unknown }

function scriptNeeds(text: string, path: string, part: LoadedFile['part']): Needed[] {
  const preloads = preloadList(text)
  const needs: Needed[] = []
  walk(parseAst(text) as unknown as Node, (node) => {
    const source = textOf(node['source'])
    const isStatic = /^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type)
    if (isStatic && source !== null) needs.push([resolvePath(path, source), part])
    const address = textOf(node)
    if (address !== null && /^\/assets\/[^/]+\.js$/.test(address))
      needs.push([resolvePath(path, address), 'worker'])
    if (source !== null && node.type === 'ImportExpression' && basename(source).startsWith(`${firstScreen}-`))
      needs.push([resolvePath(path, source), 'till'])
    needs.push(...tillPreloads(node, text, preloads))
  })
  return needs
}

/** Vite loads what a lazy import needs, styles too, beside it: `preload(() => import(…), __vite__mapDeps([0, 1]))`. */
function tillPreloads(node: Node, text: string, preloads: readonly string[]): Needed[] {
  const [load, list] = (node.type === 'CallExpression' ? node['arguments'] : []) as (Node | undefined)[]
  if (!load || !list || !text.slice(load.start, load.end).includes(`./${firstScreen}-`)) return []
  const places = /^__vite__mapDeps\((\[[\d,\s]*\])\)$/.exec(text.slice(list.start, list.end))?.[1]
  return (JSON.parse(places ?? '[]') as number[]).map((place) => {
    const path = preloads[place] ?? ''
    return [path, path.endsWith('.css') ? 'styles' : 'till']
  })
}

function preloadList(text: string): string[] {
  return JSON.parse(/__vite__mapDeps=.*?\bm\.f=(\[[^\]]*\])/.exec(text)?.[1] ?? '[]') as string[]
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (child instanceof Object && 'type' in child) walk(child as Node, visit)
}

/** The text of a string in quotes or backticks; null of anything else. */
function textOf(value: unknown): string | null {
  const node = value as Node | null | undefined
  if (node?.type === 'Literal' && typeof node['value'] === 'string') return node['value']
  if (node?.type !== 'TemplateLiteral') return null
  const quasis = node['quasis'] as { value: { cooked: string } }[]
  return quasis.length === 1 ? quasis[0]!.value.cooked : null
}

function resolvePath(from: string, to: string): string {
  return to.startsWith('/') ? to.slice(1) : posix.join(posix.dirname(from), to)
}

async function measureFile(dist: string, path: string, part: LoadedFile['part']): Promise<LoadedFile> {
  const content = await readFile(join(dist, path))
  return { path, part, bytes: part === 'font' ? content.length : gzipSync(content).length }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(7)} kB`
}

async function main(): Promise<void> {
  const load = await measureFirstLoad(process.argv[2] ?? 'dist')
  console.log(formatFirstLoad(load))
  if (load.totalBytes <= budgetBytes) return
  console.log('The till’s first load is over its budget. Load lazily what the first sale does not need.')
  process.exitCode = 1
}

if (import.meta.main) await main()
