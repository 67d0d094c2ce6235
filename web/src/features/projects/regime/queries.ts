import { queryOptions, useMutation } from '@tanstack/react-query';
import { body, client, tagged } from '@/api/client';
import type { CapitalInput, Project, SigningNoticeInput } from '@/api/types';
import { useRefreshed } from '@/shared/moves/queries';

export const signingNoticesQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'signing-notices'],
    queryFn: async () =>
      (await body(client.GET('/api/v1/projects/{id}/signing-notices', { params: { path: { id } } }))).items,
  });

export const capitalQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'capital'],
    queryFn: async () => (await body(client.GET('/api/v1/projects/{id}/capital', { params: { path: { id } } }))).items,
  });

export const capitalSummaryQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'capital', 'summary'],
    queryFn: () => body(client.GET('/api/v1/projects/{id}/capital/summary', { params: { path: { id } } })),
  });

export const projectCreditQuery = (
  id: string,
  period: string,
  indicator: 'projects-signed' | 'projects-registered' | 'projects-started' | 'projects-in-production',
) =>
  queryOptions({
    queryKey: ['projects', id, 'credit', period, indicator],
    queryFn: async () =>
      (await body(client.GET('/api/v1/credit', { params: { query: { projectId: id, period, indicator } } }))).items,
  });

export const agreementsQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'agreements'],
    queryFn: async () =>
      (await body(client.GET('/api/v1/projects/{id}/credit-agreements', { params: { path: { id } } }))).items,
  });

export function useFileNotice(id: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ notice, key }: { notice: SigningNoticeInput; key: string }) =>
      body(
        client.POST('/api/v1/projects/{id}/signing-notices', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: notice,
        }),
      ),
    onSuccess: refreshed,
  });
}

export function useNoticeStep() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({
      id,
      version,
      step,
      reason,
      key,
    }: {
      id: string;
      version: number;
      step: 'cancel' | 'waive';
      reason: string;
      key: string;
    }) => {
      const params = { path: { id }, header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key } };
      return step === 'waive'
        ? body(client.POST('/api/v1/signing-notices/{id}/waive', { params, body: { reason } }))
        : body(client.POST('/api/v1/signing-notices/{id}/cancel', { params, body: { reason } }));
    },
    onSuccess: refreshed,
  });
}

export function useSubmitCapital(id: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ entry, key }: { entry: CapitalInput; key: string }) =>
      body(
        client.POST('/api/v1/projects/{id}/capital', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: entry,
        }),
      ),
    onSuccess: refreshed,
  });
}

export function useReverseCapital() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ id, version, reason, key }: { id: string; version: number; reason: string; key: string }) =>
      body(
        client.POST('/api/v1/capital/{id}/reverse', {
          params: { path: { id }, header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key } },
          body: { reason },
        }),
      ),
    onSuccess: refreshed,
  });
}

export interface AgreementInput {
  shares: { jurisdictionId: string; bp: number }[];
  indicators?: string[];
  years: number;
  fileId: string;
}

export function useProposeAgreement(id: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ agreement, key }: { agreement: AgreementInput; key: string }) =>
      body(
        client.POST('/api/v1/projects/{id}/credit-agreements', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: agreement,
        }),
      ),
    onSuccess: refreshed,
  });
}

export function useAgreementStep() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({
      id,
      version,
      step,
      reason,
      key,
    }: {
      id: string;
      version: number;
      step: 'approve' | 'end';
      reason?: string;
      key: string;
    }) => {
      const params = { path: { id }, header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key } };
      return step === 'approve'
        ? body(client.POST('/api/v1/credit-agreements/{id}/approve', { params }))
        : body(client.POST('/api/v1/credit-agreements/{id}/end', { params, body: { reason } }));
    },
    onSuccess: refreshed,
  });
}

export const landingQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'landing'],
    queryFn: () => body(client.GET('/api/v1/projects/{id}/landing', { params: { path: { id } } })),
  });

export function useCorrectLanding(id: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({
      landing,
      version,
      key,
    }: {
      landing: { jurisdictionId: string; reason: string };
      version: number;
      key: string;
    }) =>
      body(
        client.POST('/api/v1/projects/{id}/landing', {
          params: { path: { id }, header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key } },
          body: landing,
        }),
      ),
    onSuccess: refreshed,
  });
}

/** Who is or was on the team of a project. */
export const teamQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['projects', projectId, 'team'],
    queryFn: async () =>
      (await body(client.GET('/api/v1/projects/{id}/team', { params: { path: { id: projectId } } }))).items,
  });

/** The fault-tolerance file of a terminated project. */
export const toleranceQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['projects', projectId, 'fault-tolerance'],
    queryFn: () => body(client.GET('/api/v1/projects/{id}/fault-tolerance', { params: { path: { id: projectId } } })),
  });

/** Who was named as the referrer of a project, and by whom confirmed; asked for where somebody was named whom one may know of. */
export const referrerQuery = (project: Project) =>
  queryOptions({
    queryKey: ['projects', project.id, 'referrer'],
    queryFn: () => tagged(client.GET('/api/v1/projects/{id}/referrer', { params: { path: { id: project.id } } })),
    enabled: isReferred(project),
  });

/** Whether somebody was named as the referrer whom one may know of. */
export const isReferred = (project: Project) => project.allowedActions?.includes('read-referrer') ?? false;
