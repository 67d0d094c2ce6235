import type { EventKind } from '@/api/types';

export const EVENT_KINDS: readonly EventKind[] = ['promotion', 'road-show', 'signing', 'contest', 'talks'];
