import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCommand } from '../runner/run-command.ts'
import { budgetBytes, measureFirstLoad } from './budget.ts'

/** A build as Vite writes it: hashed names, preload lists, a worker by its address, minified quotes. */
const build: Readonly<Record<string, string>> = {
  'index.html': `<!doctype html><link rel="icon" href="/icons/icon.svg">
    <script type="module" crossorigin src="/assets/index-A1.js"></script>
    <link rel="modulepreload" crossorigin href="/assets/shared-B2.js">
    <link rel="stylesheet" crossorigin href="/assets/index-C3.css">`,
  'assets/index-A1.js': `const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["assets/till-screen-D4.js","assets/till-part-E5.js","assets/till-screen-F6.css","assets/pay-screen-G7.js","assets/pay-screen-H8.css"])))=>i.map(i=>d[i]);
    import{a as e}from"./shared-B2.js";const p=(f)=>f(),w=new Worker(\`/assets/main-W9.js\`);
    p(()=>import(\`./till-screen-D4.js\`),__vite__mapDeps([0,1,2]));
    p(()=>import(\`./pay-screen-G7.js\`),__vite__mapDeps([3,1,4]));e(w)`,
  'assets/shared-B2.js': 'export{d as a}from"./deep-I1.js"',
  'assets/deep-I1.js': 'export const d=1',
  'assets/till-screen-D4.js': 'import"./till-part-E5.js";import("./later-J2.js")',
  'assets/till-part-E5.js': 'export const t=1',
  'assets/later-J2.js': 'export const later=1',
  'assets/pay-screen-G7.js': 'export const pay=1',
  'assets/main-W9.js': 'import{x}from"./worker-part-K3.js";self.x=x;import("./importer-L4.js")',
  'assets/worker-part-K3.js': 'export const x=1',
  'assets/importer-L4.js': 'export const importer=1',
  'assets/index-C3.css': '@font-face{src:url(/assets/latin-M5.woff2)format("woff2")}',
  'assets/till-screen-F6.css': '.till{color:red}',
  'assets/pay-screen-H8.css': '.pay{color:red}',
  'assets/latin-M5.woff2': 'font',
}

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evertill-budget-'))
  await mkdir(join(folder, 'assets'))
  await write(build)
})

afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  await Promise.all(Object.entries(files).map(([path, text]) => writeFile(join(folder, path), text)))
}

/** JavaScript that gzip cannot make smaller than `bytes`. */
function hugeScript(bytes: number): string {
  return `export const t=${JSON.stringify(randomBytes(bytes).toString('base64'))}`
}

describe('the size of the first load', () => {
  test('counts what the page, the till and the worker need, and nothing that comes later', async () => {
    const { files } = await measureFirstLoad(folder)
    const parts = Object.fromEntries(files.map(({ path, part }) => [path.replace(/-[A-Z]\d\./, '.'), part]))
    expect(parts).toEqual({
      'index.html': 'page',
      'assets/index.js': 'app',
      'assets/shared.js': 'app',
      'assets/deep.js': 'app',
      'assets/till-screen.js': 'till',
      'assets/till-part.js': 'till',
      'assets/main.js': 'worker',
      'assets/worker-part.js': 'worker',
      'assets/index.css': 'styles',
      'assets/till-screen.css': 'styles',
      'assets/latin.woff2': 'font',
    })
  })

  test('is within the budget when small, with fonts counted apart', async () => {
    const { totalBytes, fontBytes } = await measureFirstLoad(folder)
    expect(totalBytes).toBeGreaterThan(0)
    expect(totalBytes).toBeLessThan(5_000)
    expect(fontBytes).toBe(4)
  })

  test.each(['assets/deep-I1.js', 'assets/till-part-E5.js', 'assets/worker-part-K3.js'])(
    'a huge chunk planted as %s breaks the budget',
    async (path) => {
      await write({ [path]: hugeScript(budgetBytes) })
      const { totalBytes } = await measureFirstLoad(folder)
      expect(totalBytes).toBeGreaterThan(budgetBytes)
    },
  )

  test('a huge chunk that is loaded later does not', async () => {
    await write({ 'assets/later-J2.js': hugeScript(budgetBytes) })
    expect((await measureFirstLoad(folder)).totalBytes).toBeLessThan(5_000)
  })

  test.each([
    ['till', './till-screen-D4.js', './other-D4.js'],
    ['worker', '/assets/main-W9.js', '/elsewhere/main-W9.js'],
  ])('a build in which the %s can’t be found fails the check', async (part, before, after) => {
    await write({ 'assets/index-A1.js': build['assets/index-A1.js']!.replaceAll(before, after) })
    await expect(measureFirstLoad(folder)).rejects.toThrow(`The build has no ${part}`)
  })

  test('as a command fails on a planted chunk and passes without it', async () => {
    const check = () => runCommand(['node', join(import.meta.dirname, 'budget.ts'), folder])
    expect(await check()).toMatchObject({ isOk: true })
    await write({ 'assets/till-part-E5.js': hugeScript(budgetBytes) })
    const { isOk, output } = await check()
    expect(isOk).toBe(false)
    expect(output).toContain('over its budget')
  })
})
