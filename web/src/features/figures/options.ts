import type { EChartsCoreOption } from 'echarts/core';
import type { Theme } from '@/shared/theme';

/** The colours of the page, read where they are defined. */
export interface Colours { ink: string; ink2: string; line: string; paper: string; stages: Record<string, string>; blue: string; green: string; amber: string; red: string; grey: string }

/** `theme` names what the styles are read under: another theme, other colours. */
export function coloursOf(_theme: Theme): Colours {
  const styles = getComputedStyle(document.documentElement);
  const read = (name: string) => styles.getPropertyValue(`--${name}`).trim();
  return {
    ink: read('ink'), ink2: read('ink-2'), line: read('line'), paper: read('paper'), blue: read('stage-in-talks'), green: read('stage-registered'), amber: read('light-yellow'), red: read('light-red'), grey: read('line-2'),
    stages: { 'in-talks': read('stage-in-talks'), signed: read('stage-signed'), registered: read('stage-registered'), started: read('stage-started') },
  };
}

export interface Series { name: string; values: (number | null)[]; colour: string; kind?: 'bar' | 'line'; stack?: string }

interface Given { categories: string[]; series: Series[]; colours: Colours; horizontal?: boolean; format?: (value: number) => string; still: boolean }

const base = ({ colours, still }: { colours: Colours; still: boolean }): EChartsCoreOption => ({
  animation: !still,
  animationDuration: 200,
  textStyle: { fontFamily: 'inherit', color: colours.ink2 },
  tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, backgroundColor: colours.paper, borderColor: colours.line, textStyle: { color: colours.ink }, confine: true },
});

/** Bars and lines over months, stages or names; lying where the names are long. */
export function barOption({ categories, series, colours, horizontal, format, still }: Given): EChartsCoreOption {
  const names = {
    type: 'category', data: categories, inverse: horizontal, axisLine: { lineStyle: { color: colours.grey } }, axisTick: { show: false },
    axisLabel: { color: colours.ink2, hideOverlap: true, ...(horizontal ? { width: 150, overflow: 'truncate' } : {}) },
  };
  const values = {
    type: 'value', minInterval: 1, splitNumber: 4, splitLine: { lineStyle: { color: colours.line } },
    axisLabel: { color: colours.ink2, hideOverlap: true, ...(format ? { formatter: format } : {}) },
  };
  return {
    ...base({ colours, still }),
    tooltip: { ...(base({ colours, still }).tooltip as object), ...(format ? { valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : '–') } : {}) },
    legend: series.length > 1 ? { bottom: 0, textStyle: { color: colours.ink2 }, icon: 'roundRect', itemWidth: 12, itemHeight: 12 } : undefined,
    grid: { top: 12, left: 8, right: horizontal ? 76 : 12, bottom: series.length > 1 ? 36 : 4, containLabel: true },
    xAxis: horizontal ? values : names,
    yAxis: horizontal ? names : values,
    series: series.map((each) => ({
      type: each.kind ?? 'bar', name: each.name, data: each.values, stack: each.stack, barMaxWidth: 28, symbolSize: 6, connectNulls: true,
      itemStyle: { color: each.colour, borderRadius: each.stack ? 0 : horizontal ? [0, 3, 3, 0] : [3, 3, 0, 0] }, lineStyle: { color: each.colour, width: 2.5 },
      label: horizontal && format ? { show: true, position: 'right', color: colours.ink2, formatter: ({ value }: { value: unknown }) => format(Number(value)) } : undefined,
    })),
  };
}

/** The four lists, each as wide as it has projects, in the order that projects go through them. */
export function funnelOption(rows: { stage: string; name: string; count: number }[], colours: Colours, still: boolean): EChartsCoreOption {
  return {
    ...base({ colours, still }),
    tooltip: { ...(base({ colours, still }).tooltip as object), trigger: 'item' },
    series: [{
      type: 'funnel', sort: 'none', left: '6%', right: '6%', top: 8, bottom: 8, gap: 4, minSize: '18%', data: rows.map((row) => ({ name: row.name, value: row.count, itemStyle: { color: colours.stages[row.stage], borderWidth: 0 } })),
      label: { position: 'inside', color: '#fff', textBorderColor: 'rgb(0 0 0 / 55%)', textBorderWidth: 3, fontSize: 14, formatter: '{b}  {c}' },
    }],
  };
}
