import { expect, test } from 'vitest'
import { createTurns } from '../../../server/use-cases/turns.ts'

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

test('who enters a line comes when all before have left; another line goes on by itself', async () => {
  const turns = createTurns()
  const came: string[] = []
  const enter = (name: string, key: string) => {
    const turn = turns.enter(key)
    void turn.comes.then(() => came.push(name))
    return turn
  }
  const first = enter('first', 'a')
  const second = enter('second', 'a')
  enter('third', 'a')
  enter('other', 'b')
  await settled()
  expect(came).toEqual(['first', 'other'])
  // One who gives up before its turn does not let those behind it overtake the first.
  second.leave()
  await settled()
  expect(came).toEqual(['first', 'other'])
  first.leave()
  await settled()
  expect(came).toEqual(['first', 'other', 'second', 'third'])
})
