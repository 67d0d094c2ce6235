import type { ProblemKind, ProblemStatus } from '@/api/types';

export const PROBLEM_KINDS: readonly ProblemKind[] = [
  'land',
  'energy',
  'emission',
  'funding',
  'approval',
  'utilities',
  'talent',
  'other',
];

export const PROBLEM_STATUSES: readonly ProblemStatus[] = ['open', 'assigned', 'answered', 'reopened', 'closed'];
