import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Admission, type Admitted, createAdmission } from '../../server/admission.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const limits = { atOnce: 2, mostOfOneGroup: 9, mostWaiting: 3, longestWaitMs: 10_000 }
let chance = 0.5

function open(given: Partial<typeof limits> = {}): Admission {
  return createAdmission({ ...limits, ...given }, { now: () => performance.now(), chance: () => chance })
}

/** Work by name that ends when it is told to, and what became of each. */
function workshop(admission: Admission) {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const outcomes = new Map<string, Admitted<string> | 'failed'>()
  return {
    begun,
    outcomes,
    async ask(group: string, name: string, gone?: AbortSignal): Promise<void> {
      const work = (): Promise<string> =>
        new Promise((resolve, reject) => {
          begun.push(name)
          ends.set(name, () => resolve(name))
          ends.set(`${name}!`, () => reject(new Error(name)))
        })
      void admission.run(group, work, gone).then(
        (outcome) => outcomes.set(name, outcome),
        () => outcomes.set(name, 'failed'),
      )
      await settled()
    },
    async end(name: string): Promise<void> {
      ends.get(name)!()
      await settled()
    },
    sentAway: (): string[] =>
      [...outcomes].flatMap(([name, outcome]) => (outcome !== 'failed' && !outcome.isAdmitted ? [name] : [])),
    awaySeconds(name: string): number {
      const outcome = outcomes.get(name)
      return outcome === undefined || outcome === 'failed' || outcome.isAdmitted
        ? 0
        : outcome.retryAfterSeconds
    },
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}

describe('who comes', () => {
  test('is served at once while there is a place, and gets what the work answers', async () => {
    expect(await open().run('a', () => Promise.resolve(7))).toEqual({ isAdmitted: true, value: 7 })
  })

  test('waits for a place, and takes it when one is free', async () => {
    const { ask, end, begun } = workshop(open())
    for (const name of ['one', 'two', 'three']) await ask('a', name)
    expect(begun).toEqual(['one', 'two'])
    await end('two')
    expect(begun).toEqual(['one', 'two', 'three'])
  })

  test('takes the place of work that failed, too', async () => {
    const { ask, end, begun, outcomes } = workshop(open({ atOnce: 1 }))
    await ask('a', 'one')
    await ask('a', 'two')
    await end('one!')
    expect(outcomes.get('one')).toBe('failed')
    expect(begun).toEqual(['one', 'two'])
  })

  test('never exceeds the places, whatever comes and goes', async () => {
    const { ask, end, begun } = workshop(open({ mostWaiting: 100 }))
    let ended = 0
    for (let at = 0; at < 40; at += 1) {
      await ask(`group ${at % 3}`, String(at))
      if (at % 3 === 0) await end(begun[ended++]!)
      expect(begun.length - ended).toBeLessThanOrEqual(2)
    }
    while (ended < begun.length) await end(begun[ended++]!)
    expect(begun).toHaveLength(40)
  })

  test('is sent away when the line is full', async () => {
    const { ask, sentAway } = workshop(open())
    for (let at = 1; at <= 6; at += 1) await ask('a', `${at}`)
    expect(sentAway()).toEqual(['6'])
  })

  test('is sent away after the longest wait, and its place in the line is another’s', async () => {
    const { ask, end, begun, sentAway } = workshop(open({ atOnce: 1, mostWaiting: 1 }))
    await ask('a', 'one')
    await ask('a', 'two')
    await vi.advanceTimersByTimeAsync(limits.longestWaitMs)
    expect(sentAway()).toEqual(['two'])
    await ask('a', 'three')
    await end('one')
    expect(begun).toEqual(['one', 'three'])
    await vi.advanceTimersByTimeAsync(limits.longestWaitMs)
    expect(sentAway()).toEqual(['two'])
  })

  test('and has left meanwhile is not worked for', async () => {
    const { ask, end, begun } = workshop(open({ atOnce: 1 }))
    const leaving = new AbortController()
    await ask('a', 'one')
    await ask('a', 'two', leaving.signal)
    await ask('a', 'three')
    leaving.abort()
    await end('one')
    expect(begun).toEqual(['one', 'three'])
  })
})

describe('groups', () => {
  test('take turns: the herd of one does not hold up another', async () => {
    const { ask, end, begun } = workshop(open({ atOnce: 1, mostWaiting: 10 }))
    for (const name of ['a1', 'a2', 'a3', 'a4']) await ask('a', name)
    await ask('b', 'b1')
    await ask('b', 'b2')
    for (let at = 0; at < 6; at += 1) await end(begun[at]!)
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3', 'b2', 'a4'])
  })

  test('a full line makes room for who belongs to a smaller one', async () => {
    const { ask, end, begun, sentAway } = workshop(open({ atOnce: 1 }))
    for (const name of ['a1', 'a2', 'a3', 'a4']) await ask('a', name)
    await ask('b', 'b1')
    expect(sentAway()).toEqual(['a4'])
    await end('a1')
    await end('a2')
    expect(begun).toEqual(['a1', 'a2', 'b1'])
  })

  test('leave a place to others: one that comes beside a herd begins at once', async () => {
    const { ask, end, begun } = workshop(open({ atOnce: 3, mostOfOneGroup: 2, mostWaiting: 10 }))
    for (const name of ['a1', 'a2', 'a3', 'a4']) await ask('a', name)
    await ask('b', 'b1')
    expect(begun).toEqual(['a1', 'a2', 'b1'])
    await end('b1')
    expect(begun).toEqual(['a1', 'a2', 'b1'])
    await end('a1')
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3'])
    await ask('c', 'c1')
    expect(begun.at(-1)).toBe('c1')
  })

  test('that have all their places hold up nobody behind them', async () => {
    const { ask, end, begun } = workshop(open({ atOnce: 2, mostOfOneGroup: 1, mostWaiting: 10 }))
    for (const name of ['a1', 'a2', 'b1', 'c1']) await ask(name[0]!, name)
    await end('b1')
    expect(begun).toEqual(['a1', 'b1', 'c1'])
    await end('c1')
    await end('a1')
    expect(begun).toEqual(['a1', 'b1', 'c1', 'a2'])
    await end('a2')
    await ask('a', 'a3')
    expect(begun.at(-1)).toBe('a3')
  })

  test('of one size push nobody out', async () => {
    const { ask, sentAway } = workshop(open({ atOnce: 1 }))
    for (const group of ['a', 'b', 'c', 'd', 'e']) await ask(group, group)
    expect(sentAway()).toEqual(['e'])
  })
})

describe('who is sent away', () => {
  test('is told a later time than the one before, as far apart as the work takes', async () => {
    const { ask, end, awaySeconds } = workshop(open({ atOnce: 1, mostWaiting: 0 }))
    for (let at = 0; at < 60; at += 1) {
      await ask('a', `slow ${at}`)
      await vi.advanceTimersByTimeAsync(2_000)
      await end(`slow ${at}`)
    }
    await ask('a', 'at work')
    for (const name of ['first', 'second', 'third']) await ask('a', name)
    expect(['first', 'second', 'third'].map(awaySeconds)).toEqual([2, 4, 6])
  })

  test('is spread by chance, and is away for no more than 19 s and no less than one', async () => {
    const { ask, awaySeconds } = workshop(open({ atOnce: 1, mostWaiting: 0 }))
    await ask('a', 'at work')
    chance = 0
    await ask('a', 'soon')
    for (let at = 0; at < 1_000; at += 1) await ask('a', `${at}`)
    await ask('a', 'early')
    chance = 0.999
    await ask('a', 'late')
    chance = 0.5
    expect(['soon', 'early', 'late'].map(awaySeconds)).toEqual([1, 12, 19])
  })
})
