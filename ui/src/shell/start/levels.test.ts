import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LEVELS } from './levels'

describe('the levels of unions on the start page', () => {
  it('are those of the core, in its order and words', () => {
    const core = readFileSync('../src-tauri/core/src/units/unit.rs', 'utf8')
    const found = [...core.matchAll(/#\[code\(\d+, "([^"]+)"[^\]]*\)\]\s+(\w+),/g)].map(([, label, name]) => [name?.toLowerCase(), label])
    expect(found.length, 'the list was found').toBeGreaterThan(0)
    expect(LEVELS.map((level) => [...level]), 'word for word').toEqual(found)
  })
})
