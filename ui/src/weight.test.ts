import { describe, expect, it } from 'vitest'
import { loadedFirst, MOST, tooHeavy, type Piece } from '../weight'

const css = (...names: string[]): { importedCss: Set<string> } => ({ importedCss: new Set(names) })
const pieces: Piece[] = [
  { fileName: 'index.js', isEntry: true, imports: ['shared.js'], viteMetadata: css('index.css') },
  { fileName: 'shared.js', imports: ['index.js'] },
  { fileName: 'home.js', facadeModuleId: '/x/src/home/HomePage.vue', imports: ['card.js'], viteMetadata: css('home.css') },
  { fileName: 'card.js', viteMetadata: css('card.css') },
  { fileName: 'tauri.js', facadeModuleId: '/x/src/api/host/tauri.ts' },
  { fileName: 'report.js', facadeModuleId: '/x/src/reports/ReportPage.vue', imports: ['shared.js', 'charts.js'] },
  { fileName: 'charts.js' },
]

describe('the weight of a build', () => {
  it('counts first what is loaded until the home page stands there, with all that it brings', () => {
    const first = ['card.css', 'card.js', 'home.css', 'home.js', 'index.css', 'index.html', 'index.js', 'shared.js', 'tauri.js']
    expect([...loadedFirst(pieces)].sort(), 'no report and no charts').toEqual(first)
  })
  it('fails where the first pages or all of them are too heavy, and says by how much', () => {
    const weights = (first: number, rest: number): Map<string, number> => new Map([['index.js', first], ['charts.js', rest]])
    expect(tooHeavy(weights(MOST.first, MOST.all - MOST.first), new Set(['index.js'])), 'just light enough').toEqual([])
    expect(tooHeavy(weights(MOST.first + 1, 0), new Set(['index.js'])), 'one byte over').toEqual([`what the first pages load: ${MOST.first + 1} of at most ${MOST.first} bytes, gzipped`])
    expect(tooHeavy(weights(1, MOST.all), new Set(['index.js'])).join(), 'all together').toContain('all of the screens')
  })
})
