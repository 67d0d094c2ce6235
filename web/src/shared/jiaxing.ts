/** A schematic map: where each jurisdiction lies to the others, drawn with straight lines. Not to scale, and no statement about borders. */
export interface Place {
  points: string;
  at: [number, number];
  short: Record<'zh-CN' | 'en', string>;
}

export const VIEW_BOX = '0 0 600 420';

export const PLACES: Record<string, Place> = {
  tongxiang: {
    points: '20,150 150,106 205,165 215,250 150,300 40,270',
    at: [122, 200],
    short: { 'zh-CN': '桐乡', en: 'Tongxiang' },
  },
  xiuzhou: {
    points: '150,106 190,40 300,28 330,95 275,140 270,185 205,165',
    at: [236, 96],
    short: { 'zh-CN': '秀洲', en: 'Xiuzhou' },
  },
  jiashan: {
    points: '300,28 420,18 524,66 470,150 370,160 330,95',
    at: [416, 86],
    short: { 'zh-CN': '嘉善', en: 'Jiashan' },
  },
  nanhu: {
    points: '330,95 370,160 395,215 340,255 270,245 270,185 275,140',
    at: [327, 182],
    short: { 'zh-CN': '南湖', en: 'Nanhu' },
  },
  jxedz: { points: '205,165 270,185 270,245 215,250', at: [241, 212], short: { 'zh-CN': '经开', en: 'JXEDZ' } },
  pinghu: {
    points: '370,160 470,150 582,168 572,235 480,245 395,215',
    at: [480, 196],
    short: { 'zh-CN': '平湖', en: 'Pinghu' },
  },
  jxport: { points: '480,245 572,235 556,292 467,290', at: [519, 266], short: { 'zh-CN': '港区', en: 'Port' } },
  haiyan: {
    points: '395,215 480,245 467,290 455,332 380,392 300,340 340,255',
    at: [390, 300],
    short: { 'zh-CN': '海盐', en: 'Haiyan' },
  },
  haining: {
    points: '215,250 270,245 340,255 300,340 220,402 112,372 150,300',
    at: [224, 320],
    short: { 'zh-CN': '海宁', en: 'Haining' },
  },
};

/** The water that the coast looks on. */
export const WATER = {
  points: '112,372 220,402 300,340 380,392 455,332 467,290 556,292 572,235 600,228 600,420 60,420',
  at: [520, 384] as [number, number],
};
