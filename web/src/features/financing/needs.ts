import type { FinancingNeed } from '@/api/types';

export const NEED_KINDS: readonly FinancingNeed['kind'][] = ['equity', 'loan', 'bond', 'lease', 'other'];
export const STAGES: readonly NonNullable<FinancingNeed['stage']>[] = [
  'seed',
  'angel',
  'venture',
  'growth',
  'pre-listing',
  'mergers-acquisitions',
];
