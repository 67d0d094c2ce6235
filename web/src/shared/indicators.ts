/** The indicators that units are credited by; their names are `indicator.*`. */
export const INDICATORS = [
  'projects-signed',
  'projects-registered',
  'projects-started',
  'projects-in-production',
  'projects-usd-100m',
  'projects-1b',
  'projects-5b',
  'projects-10b',
  'projects-fortune-500',
  'capital-paid-in',
  'foreign-capital-used',
] as const;

export type IndicatorId = (typeof INDICATORS)[number];
