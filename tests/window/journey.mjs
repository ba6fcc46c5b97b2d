// The way from the first start to the written report, in the real window.
import { test } from 'node:test'
import { startToReport } from '../journeys/start-to-report.mjs'
import { Windowed } from './office.mjs'

test('keyboard alone, in the window: from the first start over a member who joins and a roster to the written report', { timeout: 240_000 }, async () => {
  const office = new Windowed()
  try {
    await office.start()
    await startToReport(office)
  } catch (error) {
    await office.shoot('failed').catch(() => null)
    throw error
  } finally {
    await office.end()
  }
})
