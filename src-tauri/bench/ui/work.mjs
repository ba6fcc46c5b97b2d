// What is measured of the work in an open file: memory, lists, steps, jumps, searches.
import { setTimeout as wait } from 'node:timers/promises'

/** The lists that are opened. */
const LISTS = ['member', 'change', 'volunteer', 'activity', 'participation', 'person']
/** How often each list is opened, and how many places are jumped to. */
const [OPENED, PLACES] = [3, 12]
/** How long a list stands before somebody jumps in it, in milliseconds: the core puts a long list in order meanwhile. */
const SETTLED = 2500
/** Between two letters of somebody who types quickly, in milliseconds. */
const LETTERS = 110
/** How many people are searched for in each way. */
const PEOPLE = 6
const INITIALS = ['wxm', 'zw', 'ljh', 'cxy', 'yl', 'zgq']

const seconds = ({ took }) => took / 1000

/** Works in the file that is open; home is on the screen. */
export async function work(seat, rest) {
  await wait(rest)
  const found = { homeMemory: seat.memory ?? null, homeParts: seat.shares ?? null, loaded: await seat.ask('loaded'), lists: {}, rows: {} }
  for (const record of LISTS) {
    found.lists[record] = []
    for (let nth = 0; nth < OPENED; nth += 1) {
      await seat.ask('home')
      const opened = await seat.ask('list', record)
      if (process.env.UNIONBOOK_TELL) console.error(record, JSON.stringify(opened))
      found.lists[record].push(seconds(opened))
      found.rows[record] = opened.rows
    }
  }
  Object.assign(found, await jumps(seat), await steps(seat), await searches(seat))
  await wait(rest)
  return { ...found, workMemory: seat.memory ?? null, workParts: seat.shares ?? null }
}

async function jumps(seat) {
  const [last, jump] = [[], []]
  for (let nth = 0; nth < OPENED; nth += 1) {
    await seat.ask('home')
    await seat.ask('list', 'person')
    await wait(SETTLED)
    last.push(seconds(await seat.ask('last')))
  }
  for (let nth = 0; nth < PLACES; nth += 1) {
    const there = await seat.ask('jump', ((nth * 0.381966 + 0.05) % 0.96) + 0.01)
    if (process.env.UNIONBOOK_TELL) console.error('jump', JSON.stringify(there))
    jump.push(seconds(there))
    await seat.ask('rest', 200)
  }
  return { last, jump }
}

async function steps(seat) {
  const found = {}
  // A key that is held repeats thirty times a second; a wheel turns as often as frames are drawn.
  for (const [way, count, each] of [['wheel', 240, 1], ['row', 120, 2], ['page', 120, 2]]) {
    const { times, gaps } = await seat.ask('step', way, count, each)
    found[way] = { frames: times.map((time) => time / 1000), gaps: gaps / times.length }
  }
  return { steps: found }
}

async function searches(seat) {
  await seat.ask('top')
  const found = { surname: [], name: [], initials: [], tail: [] }
  const { total } = await seat.ask('ask', 'record.list', { record: 'person', limit: 1, count: true })
  for (let nth = 0; nth < PEOPLE; nth += 1) {
    const { rows } = await seat.ask('ask', 'record.list', { record: 'person', limit: 1, at: Math.floor(total * ((nth * 0.618034 + 0.11) % 1)) })
    for (const [way, text] of words(rows[0], nth)) {
      const { total: hits } = await seat.ask('ask', 'record.list', { record: 'person', search: text, limit: 1, count: true })
      if (hits === 0) continue
      const seen = await seat.ask('search', text, hits, LETTERS)
      if (process.env.UNIONBOOK_TELL) console.error('search', way, hits, JSON.stringify(seen))
      found[way].push(seconds(seen))
    }
  }
  return { searches: found }
}

/** What a clerk types to find somebody; the initials are some of many people's. */
function words(person, nth) {
  const tail = String(person.phone ?? '').slice(-4)
  return [['surname', person.name.slice(0, 1)], ['name', person.name], ['initials', INITIALS[nth % INITIALS.length]], ...(tail ? [['tail', tail]] : [])]
}
