// The way from the first start to the written report, in the real window.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startToReport } from '../journeys/start-to-report.mjs'
import { SHOTS, Windowed } from './office.mjs'

test('keyboard alone, in the window: from the first start over a member who joins and a roster to the written report', { timeout: 240_000 }, async () => {
  const office = new Windowed()
  try {
    await office.start()
    await startToReport(office)
    assert.ok(!SHOTS || existsSync(join(SHOTS, 'report.png')), 'a picture of the report is kept')
  } catch (error) {
    office.shoot('failed')
    throw error
  } finally {
    await office.end()
  }
})
