import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest'
import { openEmbedded } from '../../server/database/embedded.ts'
import { createDatabase } from '../../server/database/pool.ts'
import { createLog } from '../../server/log.ts'
import type { AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'
import { type ShownCode, writeCodeVideo } from './code-video.ts'
import { addProduct, takeCash } from './selling.ts'
import { enrol, freshCode, openTill, startDemoServer, unlock } from './way-in.ts'

let folder: string
let server: AppServer
let rescued: Profile
let helper: Profile
let tablet: Page
let other: Page
let installId: string
const broken: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evertill-rescue-'))
  server = await startDemoServer()
  rescued = await createProfile({ width: 1280, height: 800 })
  helper = await createProfile({
    width: 1280,
    height: 800,
    args: [
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${join(folder, 'codes.y4m')}`,
    ],
  })
  tablet = await rescued.open()
  other = await helper.open()
  for (const page of [tablet, other]) page.on('pageerror', (error) => broken.push(error.message))
  await openTill(tablet, server.url)
  await enrol(other, server.url, await freshCode(server.url, 'Harbor Street', 'Register 2'))
  await unlock(other)
  await tablet.goto(`${server.url}/settings`)
  installId = (await tablet.getByText(/^[0-9a-f]{8}-[0-9a-f-]{27}$/).textContent()) ?? ''
})

afterAll(async () => {
  await rescued?.remove()
  await helper?.remove()
  await server?.remove()
  await rm(folder, { recursive: true, force: true })
})

describe('a register with unsent sales and no server', () => {
  test('[C6] shows its journal as codes; another device reads them off its screen, in any sequence, and hands it over once', async () => {
    onTestFailed(pictures)
    await server.kill()
    await sell(3)
    const sold = await unsentSales()
    expect(sold.count).toBe(3)
    const codes = await shownCodes()
    expect(codes.length).toBeGreaterThan(1)
    await writeCodeVideo(join(folder, 'codes.y4m'), [...codes.slice(1).toReversed(), codes[0]!, codes[1]!])

    await other.goto(`${server.url}/sync`)
    await other.getByRole('button', { name: 'Scan codes' }).click()
    await other.getByText(/entries of Register 1 taken in/).waitFor({ timeout: 60_000 })
    await expect.poll(carried).toEqual(['Register 1 Waiting'])

    await server.start()
    await other.getByText('Handed over', { exact: true }).waitFor({ timeout: 60_000 })
    await server.kill()
    const handedOver = await held()
    expect(handedOver).toMatchObject({ sales: 3, paidMinor: sold.totalMinor })

    await server.start()
    await tablet.goto(`${server.url}/sync`)
    await tablet.getByText('All sent').first().waitFor({ timeout: 60_000 })
    await server.kill()
    expect(await held()).toEqual(handedOver)
  })

  test('[C6] is forgotten only after its journal was saved; the file brings every payment home, and a second time nothing more', async () => {
    onTestFailed(pictures)
    const before = await held()
    await sell(2)
    const sold = await unsentSales()
    await tablet.goto(`${server.url}/settings`)
    const forget = tablet.getByRole('button', { name: /^Forget this device/ })
    expect(await forget.getAttribute('aria-disabled')).toBe('true')

    await tablet.getByRole('link', { name: 'Save a copy' }).click()
    const file = await savedFile()
    await tablet.goto(`${server.url}/settings`)
    await forget.click()
    await tablet.getByText('2 only here and in the copy that was saved.').waitFor()
    await tablet.getByRole('dialog').getByRole('button', { name: 'Forget' }).click()
    await tablet.waitForURL('**/welcome')

    await other.goto(`${server.url}/sync`)
    const changed = join(folder, 'changed.json')
    await writeFile(changed, (await readFile(file, 'utf8')).replace('"occurredAts":[1', '"occurredAts":[2'))
    await other.locator('input[type=file]').setInputFiles(changed)
    await other.getByText('This journal was changed on its way.').waitFor()
    await takeIn(file)
    await takeIn(file)
    await expect.poll(carried).toEqual(['Register 1 Waiting'])

    await server.start()
    await other.getByText('Handed over', { exact: true }).waitFor({ timeout: 60_000 })
    await takeIn(file)
    await expect.poll(carried).toEqual(['Register 1 Handed over'])
    await server.kill()
    expect(await held()).toEqual({
      sales: before.sales + 2,
      paidMinor: before.paidMinor + sold.totalMinor,
      operations: before.operations + 2,
      lastSeq: before.lastSeq + 2,
    })
  })

  test('none of these screens met an error', () => {
    expect(broken).toEqual([])
  })
})

async function sell(count: number): Promise<void> {
  await tablet.goto(`${server.url}/till`)
  await tablet.getByRole('main', { name: 'Products' }).waitFor()
  for (let sale = 0; sale < count; sale += 1) {
    await addProduct(tablet, sale)
    await takeCash(tablet)
  }
}

/** As the page about this device lists them. */
async function unsentSales(): Promise<{ count: number; totalMinor: number }> {
  await tablet.locator('.till-status').click()
  const sales = tablet.getByRole('listitem').filter({ hasText: /^Sale / })
  await sales.first().waitFor()
  const amounts = await sales.locator('.figure').allTextContents()
  return {
    count: amounts.length,
    totalMinor: amounts.reduce((sum, text) => sum + Number(text.replace(/\D/g, '')), 0),
  }
}

/** Steps through the row by hand. */
async function shownCodes(): Promise<ShownCode[]> {
  await tablet.getByRole('button', { name: 'Show as codes' }).click()
  await tablet.getByRole('button', { name: 'Pause' }).click()
  const codes = new Map<string, ShownCode>()
  for (;;) {
    const image = tablet.getByRole('img', { name: /^Code \d+ of \d+$/ })
    const name = (await image.getAttribute('aria-label')) ?? ''
    if (codes.has(name)) break
    const path = (await image.locator('path').getAttribute('d')) ?? ''
    const edge = Number((await image.getAttribute('viewBox'))?.split(' ')[2])
    codes.set(name, { path, edge })
    await tablet.getByRole('button', { name: 'Next code' }).click()
  }
  await tablet.keyboard.press('Escape')
  return [...codes.values()]
}

async function savedFile(): Promise<string> {
  const downloading = tablet.waitForEvent('download')
  await tablet.getByRole('button', { name: 'Save as a file' }).click()
  const download = await downloading
  const file = join(folder, download.suggestedFilename())
  await download.saveAs(file)
  return file
}

async function takeIn(file: string): Promise<void> {
  await other.goto(`${server.url}/sync`)
  await other.locator('input[type=file]').setInputFiles(file)
  await other.getByText(/entries of Register 1 taken in/).waitFor()
}

/** Whose journals were taken in, and what became of them. */
async function carried(): Promise<string[]> {
  const rows = other.getByRole('list', { name: 'Copies taken in here' }).getByRole('listitem')
  const names = await rows.locator('b').allTextContents()
  const states = await rows.locator('.badge').allTextContents()
  return names.map((name, index) => `${name} ${states[index]}`)
}

/** What the database has of the rescued register. */
async function held(): Promise<{ sales: number; paidMinor: number; operations: number; lastSeq: number }> {
  const log = createLog('error')
  const embedded = await openEmbedded({ dataDir: server.dataDir, log, mode: 'adopt-or-start' })
  const database = createDatabase({ url: embedded.url, max: 2, log })
  try {
    const [row] = await database.asSystem((tx) =>
      tx.query<{ sales: number; paidMinor: number; operations: number; lastSeq: number }>(
        `select (select count(*) from orders where install_id = $1) as sales,
           (select coalesce(sum(amount_minor), 0)::bigint from payment
              join orders using (tenant_id, order_id) where orders.install_id = $1) as "paidMinor",
           (select count(*) from operation where install_id = $1) as operations,
           (select max(seq) from operation where install_id = $1) as "lastSeq"`,
        [installId],
      ),
    )
    return row!
  } finally {
    await database.close()
    await embedded.stop()
  }
}

async function pictures(): Promise<void> {
  await rescued.picture('rescue-register')
  await helper.picture('rescue-helper')
}
