/** Draws a figure's months; loaded when a chart is opened. */
import { BarChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use, type ECharts } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import type { HomeFigure } from '../api/generated'
import { told, unitOf } from './today'

use([BarChart, GridComponent, TooltipComponent, CanvasRenderer])

/** A chart on the page. */
export interface Drawing {
  /** Gives it as a picture's address, with its title on white ground. */
  picture(): string
  resize(): void
  end(): void
}

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** Draws a figure in a box, in the colours and the size of text that the page has. */
export function draw(box: HTMLElement, figure: HomeFigure): Drawing {
  const chart: ECharts = init(box)
  const size = 12 * Number(colour('--text-scale') || 1)
  const text = { color: colour('--ink-soft'), fontSize: size, fontFamily: getComputedStyle(box).fontFamily }
  const shown = (value: unknown): string => `${told(figure.measure, Number(value))} ${unitOf(figure)}`
  chart.setOption({
    animation: false,
    textStyle: text,
    grid: { left: 8, right: 8, top: 16, bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis', valueFormatter: shown, backgroundColor: colour('--raised'), borderColor: colour('--line-strong'), textStyle: { ...text, color: colour('--ink') } },
    xAxis: { type: 'category', data: figure.months, axisLabel: text, axisTick: { show: false }, axisLine: { lineStyle: { color: colour('--line-strong') } } },
    yAxis: { type: 'value', axisLabel: { ...text, formatter: (value: number) => told(figure.measure, value) }, splitLine: { lineStyle: { color: colour('--line') } } },
    series: [{ type: 'bar', name: figure.label, data: figure.trend, itemStyle: { color: colour('--select') }, barMaxWidth: 28 }],
  })
  return {
    picture: () => chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: colour('--paper') }),
    resize: () => chart.resize(),
    end: () => chart.dispose(),
  }
}
