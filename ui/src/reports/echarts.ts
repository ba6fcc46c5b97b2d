/** The charts of reports and of the plan of stations; home/chart.ts draws those of the first page. */
import { BarChart, LineChart, ScatterChart } from 'echarts/charts'
import { DataZoomComponent, GridComponent, TitleComponent, TooltipComponent } from 'echarts/components'
import { init, use, type ECharts } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'

use([BarChart, LineChart, ScatterChart, GridComponent, TitleComponent, TooltipComponent, DataZoomComponent, LabelLayout, CanvasRenderer])

/** What is drawn. */
export type Drawing =
  | { kind: 'bars'; title: string; names: readonly string[]; values: readonly number[]; words: (value: number) => string }
  | { kind: 'trend'; title: string; names: readonly string[]; values: readonly number[]; words: (value: number) => string }
  | { kind: 'points'; title: string; points: readonly Point[] }

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

function optionOf(drawing: Drawing): Record<string, unknown> {
  const text = { color: colour('--ink'), fontSize: size(), fontFamily: getComputedStyle(document.body).fontFamily }
  const axis = { axisLabel: { ...text, color: colour('--ink-soft') }, axisLine: { lineStyle: { color: colour('--line-strong') } }, splitLine: { lineStyle: { color: colour('--line') } } }
  const shared = { animation: false, textStyle: text, title: { text: drawing.title, textStyle: { ...text, fontSize: size() + 1, fontWeight: 600 } } }
  const tip = { backgroundColor: colour('--raised'), borderColor: colour('--line-strong'), textStyle: text }
  if (drawing.kind === 'points') return { ...shared, ...plan(drawing.points, axis, tip, text) }
  const { kind, names, values, words } = drawing
  const category = { type: 'category', data: [...names], ...axis, axisTick: { show: false } }
  const number = { type: 'value', ...axis, axisLabel: { ...axis.axisLabel, formatter: words } }
  const grid = { left: 8, right: 24, top: 40, bottom: 8, containLabel: true }
  const tooltip = { ...tip, trigger: 'axis', valueFormatter: (value: unknown) => words(Number(value)) }
  if (kind === 'trend') {
    const series = [{ type: 'line', data: [...values], symbolSize: 7, itemStyle: { color: colour('--select') }, lineStyle: { width: 2 } }]
    return { ...shared, grid, tooltip, xAxis: category, yAxis: number, series }
  }
  const label = { show: values.length <= 40, position: 'right', formatter: ({ value }: { value: unknown }) => words(Number(value)), ...text }
  const yAxis = { ...category, inverse: true, axisLabel: { ...axis.axisLabel, width: size() * 16, overflow: 'truncate' } }
  return { ...shared, grid: { ...grid, right: 70 }, tooltip, xAxis: number, yAxis, series: [{ type: 'bar', data: [...values], barMaxWidth: 18, itemStyle: { color: colour('--select') }, label }] }
}

/** Points by longitude and latitude; names that would lie over one another are left out until the plan is enlarged. */
function plan(points: readonly Point[], axis: object, tip: object, text: object): object {
  const series = {
    type: 'scatter',
    symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) => (points[dataIndex]?.strong ? 16 : 10),
    data: points.map(({ name, x, y, strong }) => ({ name, value: [x, y], itemStyle: { color: colour(strong ? '--accent' : '--select') } })),
    label: { show: points.length <= 60, position: 'right', formatter: '{b}', ...text },
    labelLayout: { hideOverlap: true },
  }
  const degrees = (value: number): string => `${value.toFixed(3)}°`
  const scaled = { type: 'value', scale: true, ...axis, axisLabel: { ...(axis as { axisLabel?: object }).axisLabel, formatter: degrees, hideOverlap: true } }
  return {
    grid: { left: 8, right: 150, top: 40, bottom: 8, containLabel: true },
    tooltip: { ...tip, formatter: ({ name }: { name: string }) => name },
    xAxis: scaled,
    yAxis: scaled,
    dataZoom: [{ type: 'inside', xAxisIndex: 0 }, { type: 'inside', yAxisIndex: 0 }],
    series: [series],
  }
}
