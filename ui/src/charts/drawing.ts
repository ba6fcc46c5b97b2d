/** All charts: how they are set up, coloured, saved and taken down. Fetched when the first one shows. */
import { BarChart, LineChart, ScatterChart } from 'echarts/charts'
import { DataZoomComponent, GridComponent, LegendComponent, TitleComponent, TooltipComponent } from 'echarts/components'
import { init, use, type ECharts } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'

use([BarChart, LineChart, ScatterChart, GridComponent, LegendComponent, TitleComponent, TooltipComponent, DataZoomComponent, LabelLayout, CanvasRenderer])

/** What is drawn. */
export type Drawing = Values | Lines | { kind: 'points'; title: string; points: readonly Point[] }

/** Named numbers: bars lie one under another, columns stand side by side, a trend is a line. */
export interface Values {
  kind: 'bars' | 'columns' | 'trend'
  title: string
  names: readonly string[]
  values: readonly number[]
  words: (value: number) => string
}

/** Several lines over the same names. */
export interface Lines {
  kind: 'lines'
  title: string
  names: readonly string[]
  lines: readonly Line[]
  words: (value: number) => string
}

/** A line among others; a gap where nothing is known. */
export interface Line {
  name: string
  values: readonly (number | null)[]
  /** Drawn thin and broken: something to compare with. */
  faint: boolean
}

/** A point of a plan, in degrees. */
export interface Point {
  name: string
  x: number
  y: number
  /** Whether it stands out. */
  strong: boolean
}

/** A chart that is on the screen. */
export interface Drawn {
  change(drawing: Drawing): void
  fit(): void
  picture(): string
  end(): void
}

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
const size = (): number => 12 * (parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--text-scale')) || 1)

/** Draws. */
export function draw(box: HTMLElement, drawing: Drawing, pick: (index: number) => void): Drawn {
  const chart: ECharts = init(box)
  const show = (now: Drawing): void => chart.setOption(optionOf(now), { notMerge: true })
  show(drawing)
  chart.on('click', ({ dataIndex }) => pick(dataIndex))
  const watcher = new MutationObserver(() => show(drawing))
  watcher.observe(document.documentElement, { attributes: true })
  return {
    change(now) {
      drawing = now
      show(now)
    },
    fit: () => chart.resize(),
    picture: () => chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: colour('--paper') }),
    end() {
      watcher.disconnect()
      chart.dispose()
    },
  }
}

type Axis = { axisLabel: object }

function optionOf(drawing: Drawing): Record<string, unknown> {
  const text = { color: colour('--ink'), fontSize: size(), fontFamily: getComputedStyle(document.body).fontFamily }
  const axis = { axisLabel: { ...text, color: colour('--ink-soft') }, axisLine: { lineStyle: { color: colour('--line-strong') } }, splitLine: { lineStyle: { color: colour('--line') } } }
  const shared = { animation: false, textStyle: text, title: { text: drawing.title, textStyle: { ...text, fontSize: size() + 1, fontWeight: 600 } } }
  const tip = { backgroundColor: colour('--raised'), borderColor: colour('--line-strong'), textStyle: text }
  if (drawing.kind === 'points') return { ...shared, ...plan(drawing.points, axis, tip, text) }
  if (drawing.kind === 'lines') return { ...shared, ...linesOf(drawing, axis, tip, text) }
  return { ...shared, ...valuesOf(drawing, axis, tip, text) }
}

function valuesOf({ kind, names, values, words }: Values, axis: Axis, tip: object, text: object): object {
  const category = { type: 'category', data: [...names], ...axis, axisTick: { show: false } }
  const number = { type: 'value', ...axis, axisLabel: { ...axis.axisLabel, formatter: words } }
  const grid = { left: 8, right: 24, top: 40, bottom: 8, containLabel: true }
  const tooltip = { ...tip, trigger: 'axis', valueFormatter: (value: unknown) => words(Number(value)) }
  const itemStyle = { color: colour('--select') }
  const data = [...values]
  if (kind === 'trend') return { grid, tooltip, xAxis: category, yAxis: number, series: [{ type: 'line', data, symbolSize: 7, itemStyle, lineStyle: { width: 2 } }] }
  if (kind === 'columns') return { grid, tooltip, xAxis: category, yAxis: number, series: [{ type: 'bar', data, barMaxWidth: 28, itemStyle }] }
  const label = { show: values.length <= 40, position: 'right', formatter: ({ value }: { value: unknown }) => words(Number(value)), ...text }
  const yAxis = { ...category, inverse: true, axisLabel: { ...axis.axisLabel, width: size() * 16, overflow: 'truncate' } }
  return { grid: { ...grid, right: 70 }, tooltip, xAxis: number, yAxis, series: [{ type: 'bar', data, barMaxWidth: 18, itemStyle, label }] }
}

function linesOf({ names, lines, words }: Lines, axis: Axis, tip: object, text: object): object {
  const series = lines.map(({ name, values, faint }) => {
    const color = colour(faint ? '--ink-faint' : '--select')
    return { name, type: 'line', data: [...values], symbolSize: faint ? 4 : 7, itemStyle: { color }, lineStyle: { width: faint ? 1.5 : 2, type: faint ? 'dashed' : 'solid' } }
  })
  const valueFormatter = (value: unknown): string => (typeof value === 'number' ? words(value) : '—')
  return {
    legend: { bottom: 0, textStyle: text },
    grid: { left: 8, right: 24, top: 40, bottom: 34, containLabel: true },
    tooltip: { ...tip, trigger: 'axis', valueFormatter },
    xAxis: { type: 'category', data: [...names], ...axis, axisTick: { show: false } },
    yAxis: { type: 'value', ...axis, axisLabel: { ...axis.axisLabel, formatter: words } },
    series,
  }
}

/** Points by longitude and latitude; names that would lie over one another are left out until the plan is enlarged. */
function plan(points: readonly Point[], axis: Axis, tip: object, text: object): object {
  const series = {
    type: 'scatter',
    symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) => (points[dataIndex]?.strong ? 16 : 10),
    data: points.map(({ name, x, y, strong }) => ({ name, value: [x, y], itemStyle: { color: colour(strong ? '--accent' : '--select') } })),
    label: { show: points.length <= 60, position: 'right', formatter: '{b}', ...text },
    labelLayout: { hideOverlap: true },
  }
  const degrees = (value: number): string => `${value.toFixed(3)}°`
  const scaled = { type: 'value', scale: true, ...axis, axisLabel: { ...axis.axisLabel, formatter: degrees, hideOverlap: true } }
  return {
    grid: { left: 8, right: 150, top: 40, bottom: 8, containLabel: true },
    tooltip: { ...tip, formatter: ({ name }: { name: string }) => name },
    xAxis: scaled,
    yAxis: scaled,
    dataZoom: [{ type: 'inside', xAxisIndex: 0 }, { type: 'inside', yAxisIndex: 0 }],
    series: [series],
  }
}
