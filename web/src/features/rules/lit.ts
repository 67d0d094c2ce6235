import type { RuleSet } from '@/api/types';

/** The stages in which a project that stands still is lit (R7). */
export const LIT: readonly {
  key: Exclude<keyof RuleSet['lights'], 'planned' | 'schedule' | 'removalContest'>;
  stage: 'in-talks' | 'signed' | 'registered';
}[] = [
  { key: 'inTalks', stage: 'in-talks' },
  { key: 'signed', stage: 'signed' },
  { key: 'registered', stage: 'registered' },
];
