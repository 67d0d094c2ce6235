import type { EChartsCoreOption } from 'echarts/core';

/** The colours of the page in its present theme, read where they are defined. */
export interface Colours {
  ink: string;
  ink2: string;
  line: string;
  paper: string;
  stages: Record<string, string>;
  blue: string;
  green: string;
  amber: string;
  red: string;
  grey: string;
  font: string;
}

export function coloursNow(): Colours {
  const styles = getComputedStyle(document.documentElement);
  const read = (name: string) => styles.getPropertyValue(`--${name}`).trim();
  return {
    ink: read('ink'),
    ink2: read('ink-2'),
    line: read('line'),
    paper: read('paper'),
    blue: read('stage-in-talks'),
    green: read('stage-registered'),
    amber: read('light-yellow'),
    red: read('light-red'),
    grey: read('line-2'),
    font: getComputedStyle(document.body).fontFamily,
    stages: {
      'in-talks': read('stage-in-talks'),
      signed: read('stage-signed'),
      registered: read('stage-registered'),
      started: read('stage-started'),
    },
  };
}

export interface Series {
  name: string;
  values: (number | null)[];
  colour: string;
  kind?: 'bar' | 'line';
  stack?: string;
}

interface Given {
  categories: string[];
  series: Series[];
  colours: Colours;
  horizontal?: boolean;
  format?: (value: number) => string;
  still: boolean;
}

const base = ({ colours, still }: { colours: Colours; still: boolean }): EChartsCoreOption => ({
  animation: !still,
  animationDuration: 200,
  textStyle: { fontFamily: colours.font, color: colours.ink2 },
  tooltip: {
    trigger: 'axis',
    axisPointer: { type: 'shadow' },
    backgroundColor: colours.paper,
    borderColor: colours.line,
    textStyle: { color: colours.ink },
    confine: true,
  },
});

// How wide names stand beside lying bars.
const NAMES = 140;

/** Bars and lines over months, stages or names; lying where the names are long. */
export function barOption({ categories, series, colours, horizontal, format, still }: Given): EChartsCoreOption {
  const names = {
    type: 'category',
    data: categories,
    inverse: horizontal,
    axisLine: { lineStyle: { color: colours.grey } },
    axisTick: { show: false },
    axisLabel: {
      color: colours.ink2,
      hideOverlap: true,
      ...(horizontal ? { width: NAMES, overflow: 'truncate', interval: 0 } : {}),
    },
  };
  const values = {
    type: 'value',
    minInterval: 1,
    splitNumber: 4,
    splitLine: { lineStyle: { color: colours.line } },
    axisLabel: { show: !horizontal, color: colours.ink2, hideOverlap: true, ...(format ? { formatter: format } : {}) },
  };
  return {
    ...base({ colours, still }),
    tooltip: {
      ...(base({ colours, still }).tooltip as object),
      ...(format ? { valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : '–') } : {}),
    },
    legend:
      series.length > 1
        ? { bottom: 0, textStyle: { color: colours.ink2 }, icon: 'roundRect', itemWidth: 12, itemHeight: 12 }
        : undefined,
    grid: horizontal
      ? { top: 4, left: NAMES + 14, right: 96, bottom: 4 }
      : { top: 12, left: 8, right: 12, bottom: series.length > 1 ? 36 : 4, containLabel: true },
    xAxis: horizontal ? values : names,
    yAxis: horizontal ? names : values,
    series: series.map((each) => ({
      type: each.kind ?? 'bar',
      name: each.name,
      data: each.values,
      stack: each.stack,
      barMaxWidth: 28,
      symbolSize: 6,
      connectNulls: true,
      itemStyle: { color: each.colour, borderRadius: each.stack ? 0 : horizontal ? [0, 3, 3, 0] : [3, 3, 0, 0] },
      lineStyle: { color: each.colour, width: 2.5 },
      label:
        horizontal && format
          ? {
              show: true,
              position: 'right',
              color: colours.ink2,
              formatter: ({ value }: { value: unknown }) => format(Number(value)),
            }
          : undefined,
    })),
  };
}

/** The four lists one below the other, each as wide as it has projects, about one middle. */
export function funnelOption(
  rows: { stage: string; name: string; count: number; text: string }[],
  colours: Colours,
  still: boolean,
): EChartsCoreOption {
  const greatest = Math.max(1, ...rows.map((row) => row.count));
  return {
    ...base({ colours, still }),
    tooltip: { show: false },
    grid: { top: 4, left: 84, right: 8, bottom: 4 },
    xAxis: { type: 'value', show: false, min: 0, max: greatest },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((row) => row.name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: colours.ink, fontSize: 14 },
    },
    series: [
      {
        type: 'bar',
        stack: 'funnel',
        silent: true,
        itemStyle: { color: 'transparent' },
        data: rows.map((row) => (greatest - row.count) / 2),
      },
      {
        type: 'bar',
        stack: 'funnel',
        barCategoryGap: '18%',
        data: rows.map((row) => ({
          value: row.count,
          itemStyle: { color: colours.stages[row.stage], borderRadius: 4 },
        })),
        label: {
          show: true,
          position: 'inside',
          color: colours.ink,
          backgroundColor: colours.paper,
          padding: [3, 8],
          borderRadius: 4,
          fontSize: 13,
          formatter: ({ dataIndex }: { dataIndex: number }) => rows[dataIndex]?.text ?? '',
        },
      },
    ],
  };
}
