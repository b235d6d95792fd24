import { expect, test } from 'vitest'
import { bulkCount, permitLife, Slots, slotCount, windowMs } from '../../edge/fortnox/slots.ts'
import type { Priority } from '../../edge/fortnox/types.ts'
import { VirtualClock } from './virtual.ts'

/** Takes `count` permits one after another, reporting each at once; when each was given, ms since the start. */
async function times(clock: VirtualClock, slots: Slots, count: number): Promise<number[]> {
  const began = clock.now()
  const given: number[] = []
  await clock.run(
    Promise.all(
      Array.from({ length: count }, async () => {
        const permit = await slots.take('background')
        given.push(clock.now() - began)
        await clock.sleep(40)
        slots.answered(permit)
      }),
    ),
  )
  return given
}

test('never more than 24 in any sliding 5 s, and no slower than that', async () => {
  const clock = new VirtualClock(0)
  const given = await times(clock, new Slots(clock), 200)
  for (let i = slotCount; i < given.length; i++) {
    expect(given[i]! - given[i - slotCount]!).toBeGreaterThanOrEqual(windowMs)
  }
  // 200 permits are nine windows: the first at once, then eight waits of 5 s and the answers' 40 ms.
  expect(given.at(-1)).toBe(8 * (windowMs + 40))
})

test('people come before background work, each in order', async () => {
  const clock = new VirtualClock(0)
  const slots = new Slots(clock)
  const held = await clock.run(Promise.all(Array.from({ length: slotCount }, () => slots.take('background'))))
  const order: string[] = []
  const wait = (priority: Priority, name: string) => slots.take(priority).then(() => order.push(name))
  const all = [wait('background', 'b1'), wait('background', 'b2'), wait('person', 'p1'), wait('person', 'p2')]
  for (const permit of held.slice(0, 4)) slots.giveBack(permit)
  await clock.run(Promise.all(all))
  expect(order).toEqual(['p1', 'p2', 'b1', 'b2'])
})

test('a year’s documents never take more than half the budget, and go after everybody else', async () => {
  const clock = new VirtualClock(0)
  const slots = new Slots(clock)
  const given: number[] = []
  const bulk = Array.from({ length: 40 }, async () => {
    const permit = await slots.take('bulk')
    given.push(clock.now())
    await clock.sleep(40)
    slots.answered(permit)
  })
  const others = Array.from({ length: slotCount - bulkCount }, () => slots.take('background'))
  await clock.run(Promise.all(others))
  expect(clock.now()).toBe(0)
  await clock.run(Promise.all(bulk))
  for (let i = bulkCount; i < given.length; i++) {
    expect(given[i]! - given[i - bulkCount]!).toBeGreaterThanOrEqual(windowMs)
  }
  expect(given.at(-1)).toBe(3 * (windowMs + 40))
})

test('a permit given back frees its slot at once, and only once', async () => {
  const clock = new VirtualClock(0)
  const slots = new Slots(clock)
  const held = await clock.run(Promise.all(Array.from({ length: slotCount }, () => slots.take('background'))))
  slots.giveBack(held[0]!)
  slots.giveBack(held[0]!)
  const next = await clock.run(slots.take('background'))
  expect(clock.now()).toBe(0)
  expect(next).not.toBe(held[0])
  slots.answered(held[1]!)
  await clock.run(slots.take('background'))
  expect(clock.now()).toBe(windowMs)
})

test('a worker that never reports loses its slot after the permit has expired', async () => {
  const clock = new VirtualClock(0)
  const slots = new Slots(clock)
  await clock.run(Promise.all(Array.from({ length: slotCount }, () => slots.take('background'))))
  await clock.run(slots.take('background'))
  expect(clock.now()).toBe(permitLife)
})

test('after eviction the window is full until it must have emptied', async () => {
  const clock = new VirtualClock(10_000)
  const slots = new Slots(clock, 12_500)
  await clock.run(slots.take('person'))
  expect(clock.now()).toBe(12_500)
})

test('a pause holds everybody, also those who wait already', async () => {
  const clock = new VirtualClock(0)
  const slots = new Slots(clock)
  const first = await clock.run(slots.take('person'))
  slots.answered(first)
  slots.pause(20_000)
  await clock.run(slots.take('person'))
  expect(clock.now()).toBe(20_000)
})

test('whoever waits is told when there is nothing to wait for', async () => {
  const clock = new VirtualClock(0)
  const slots = new Slots(clock, 5_000)
  const waiting = slots.take('person')
  slots.refuseAll(new Error('gone'))
  await expect(clock.run(waiting)).rejects.toThrow('gone')
})

test('a permit that is asked for in a busy window comes in time even when others come and go', async () => {
  const clock = new VirtualClock(0)
  const slots = new Slots(clock)
  const steady = Promise.all(
    Array.from({ length: 60 }, async (_, i) => {
      await clock.sleep(i * 100)
      slots.answered(await slots.take('background'))
    }),
  )
  const person = clock.sleep(3_000).then(async () => {
    const asked = clock.now()
    await slots.take('person')
    return clock.now() - asked
  })
  expect(await clock.run(person)).toBeLessThanOrEqual(windowMs)
  await clock.run(steady)
})
