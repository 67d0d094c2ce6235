import type { Role } from '@/api/types';

export const ROLES: readonly Role[] = ['officer', 'coordinator', 'leader', 'department', 'auditor', 'admin'];
