import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { openShop } from '../virtual-shop.ts'

const cli = fileURLToPath(new URL('../../../server/import/cli.ts', import.meta.url))
const damaged = fileURLToPath(new URL('../../fixtures/import-sales/damaged-barcodes.csv', import.meta.url))

let on: TestDatabase
let folder: string
beforeAll(async () => {
  on = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'evertill-import-'))
})
afterAll(async () => {
  await on.drop()
  await rm(folder, { recursive: true, force: true })
})

type Ended = { readonly code: number; readonly said: string; readonly complained: string }

/** The command as a person runs it, against the test's database. */
function run(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: on.url, NODE_OPTIONS: '' }
    execFile(process.execPath, [cli, ...args], { env, cwd: folder }, (error, said, complained) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, said, complained }),
    )
  })
}

test('--help and wrong words need no database', async () => {
  const help = await run('--help')
  expect([help.code, help.said]).toEqual([0, expect.stringContaining('--date-order ymd|mdy|dmy')])
  expect(await run('sales')).toMatchObject({ code: 2, complained: expect.stringContaining('sales FILE') })
  expect(await run('sales', 'x.csv', '--date-order', 'ydm')).toMatchObject({
    code: 2,
    complained: expect.stringContaining('--date-order is ymd, mdy or dmy.'),
  })
})

test('without a business it says how to make one', async () => {
  expect(await run('sales', damaged)).toMatchObject({
    code: 1,
    complained: expect.stringMatching(/no business yet[^]*npm start[^]*npm run demo/),
  })
})

describe('for a business', () => {
  beforeAll(() => openShop(on.database))

  test('a dry run reads, writes the refused rows down, and changes nothing', async () => {
    const refused = join(folder, 'left-over.csv')
    const ended = await run('sales', damaged, '--dry-run', '--refused', refused)
    expect(ended).toMatchObject({ code: 0, complained: '' })
    expect(ended.said).toMatch(
      /Orders +3\n +Net sales +\$832\.25[^]*Refused +4 rows[^]*row 2: Barcode[^]*Nothing was changed/,
    )
    expect(await readFile(refused, 'utf8')).toContain('7.48485E+11,1,32.00,Food,2,')
    expect((await run('--list')).said).toContain('Nothing has been imported yet.')
  })

  test('what is unclear is asked with the words that answer it, and nothing is taken before', async () => {
    const file = join(folder, 'unclear.csv')
    await writeFile(file, 'Date,Item,Qty,Price\n03/04/2024,Tea,1,"1,250"\n')
    const asked = await run('sales', file)
    expect(asked.code).toBe(2)
    expect(asked.complained).toMatch(/“03\/04\/2024”[^]*--date-order mdy[^]*--date-order dmy/)
    expect(asked.complained).toMatch(/“1,250”[^]*--decimal-mark \.[^]*--decimal-mark ,/)
    expect(asked.complained).toContain('--store "Main Street"')
    const answered = await run(
      'sales',
      file,
      '--date-order',
      'dmy',
      '--decimal-mark',
      ',',
      '--store',
      'Main Street',
    )
    // Columns that were matched by their names only have to be said yes to.
    expect(answered).toMatchObject({
      code: 2,
      said: expect.stringContaining('--map "date=Date,product=Item,quantity=Qty,unitPrice=Price"'),
    })
    expect((await run('--list')).said).toContain('Nothing has been imported yet.')
    const confirmed = await run(
      'sales',
      file,
      '--date-order',
      'dmy',
      '--decimal-mark',
      ',',
      '--store',
      'Main Street',
      '--map',
      'date=Date,product=Item,quantity=Qty,unitPrice=Price',
    )
    expect(confirmed).toMatchObject({
      code: 0,
      said: expect.stringMatching(/2024-04-03[^]*Taken +1 order\n/),
    })
    expect(existsSync(join(folder, 'unclear.refused.csv'))).toBe(false)
  })

  test('--map says which column is what; a column that is not there is named', async () => {
    const file = join(folder, 'mapped.csv')
    await writeFile(file, 'Wann,Was,Wert\n2024-05-01,Tee,3.10\n2024-05-01,Kuchen,4.20\n')
    expect((await run('sales', file)).complained).toContain('--map')
    const wrong = await run('sales', file, '--map', 'date=Wann,product=Was,net=Preis')
    expect(wrong).toMatchObject({ code: 1, complained: expect.stringContaining('no column “Preis”') })
    const mapped = await run(
      'sales',
      file,
      '--map',
      'date=Wann,product=Was,net=Wert',
      '--store',
      'Eck',
      '--time-zone',
      'Europe/Berlin',
    )
    expect(mapped).toMatchObject({ code: 0, said: expect.stringContaining('$7.30') })
  })

  test('an import is listed and undone by its id', async () => {
    const { said } = await run('--list')
    const importId = /[0-9a-f-]{36}(?= {2}mapped\.csv)/.exec(said)?.[0] ?? ''
    expect(await run('--undo', importId)).toMatchObject({ code: 0, said: expect.stringContaining('Undone') })
    expect((await run('--list')).said).toMatch(/undone .*mapped\.csv/)
    expect(await run('--undo', 'no-such')).toMatchObject({
      code: 1,
      complained: expect.stringContaining('There is no such import.'),
    })
  })

  test('a file that is not there is a sentence, not a stack', async () => {
    const ended = await run('sales', join(folder, 'nowhere.csv'))
    expect(ended.code).toBe(1)
    expect(ended.complained).toMatch(/There is no file .*nowhere\.csv/)
    expect(ended.complained).not.toContain('at ')
  })
})
