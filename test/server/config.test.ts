import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadConfig, variables } from '../../server/config.ts'

describe('loadConfig', () => {
  test('an empty environment gives a server for this machine only', () => {
    const loaded = loadConfig({})
    expect(loaded).toMatchObject({
      ok: true,
      value: { port: 4280, host: '127.0.0.1', logLevel: 'info', trustProxy: false, sessionHours: 12 },
    })
  })

  test('an empty variable counts as one that is not set', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: ' ' })).toEqual(loadConfig({}))
  })

  test('every wrong variable is named, with what was given and the mend', () => {
    const loaded = loadConfig({
      PORT: '99999',
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'till.example.com',
      SESSION_HOURS: '1.5',
    })
    if (loaded.ok) throw new Error('accepted')
    expect(loaded.failures.map(({ code }) => code)).toEqual([
      'config/PORT',
      'config/LOG_LEVEL',
      'config/PUBLIC_URL',
      'config/SESSION_HOURS',
    ])
    expect(loaded.failures[0]?.sentence).toContain('“99999”')
    expect(loaded.failures[0]?.mend).toContain('PORT=4280')
  })

  test('a secret is never repeated', () => {
    const loaded = loadConfig({ DATABASE_URL: 'mysql://root:hunter2@db/shop', PORT: 'x' })
    expect(loaded.ok).toBe(false)
    expect(JSON.stringify(loaded)).not.toContain('hunter2')
    expect(JSON.stringify(loaded)).toContain('config/DATABASE_URL')
  })

  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['10.0.0.0/8, ::1', '10.0.0.0/8, ::1'],
    ['true', true],
    ['false', false],
  ])('TRUST_PROXY=%s is taken', (given, expected) => {
    expect(loadConfig({ TRUST_PROXY: given })).toMatchObject({ ok: true, value: { trustProxy: expected } })
  })

  test.each(['1', 'yes', '10.0.0.300', '10.0.0.1,'])('TRUST_PROXY=%s is refused', (given) => {
    expect(loadConfig({ TRUST_PROXY: given }).ok).toBe(false)
  })

  test('PUBLIC_URL is kept as an origin; a path is refused', () => {
    expect(loadConfig({ PUBLIC_URL: 'https://till.example.com/' })).toMatchObject({
      value: { publicUrl: 'https://till.example.com' },
    })
    expect(loadConfig({ PUBLIC_URL: 'https://example.com/till' }).ok).toBe(false)
  })
})

test('.env.example and the program name the same variables', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
  const named = [...example.matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name)
  expect(named.toSorted()).toEqual(Object.keys(variables).toSorted())
})

test('the defaults shown in .env.example are the defaults', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
  const shown = [
    ...example.matchAll(
      /^#(PORT|HOST|DATA_DIR|DATABASE_POOL_MAX|DEVICES_AT_ONCE|DEVICES_WAITING|LOG_LEVEL|SESSION_HOURS)=(.*)$/gm,
    ),
  ]
  expect(shown).toHaveLength(8)
  expect(loadConfig(Object.fromEntries(shown.map(([, name, value]) => [name, value])))).toEqual(
    loadConfig({}),
  )
})
