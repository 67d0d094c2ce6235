import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { body, client } from '@/api/client';
import type { Capital } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { DataTable } from '@/shared/DataTable';
import { FileLink } from '@/shared/FileLink';
import { useCodeText } from '@/shared/i18n';
import { useKeys } from '@/shared/keys';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { newKey, useIdempotencyKey } from '@/shared/submission';
import { useUnitName } from '@/shared/units';
import { Day } from '@/shared/When';

const pendingQuery = infiniteQueryOptions({
  queryKey: ['capital', 'pending'],
  queryFn: ({ pageParam }) =>
    body(client.GET('/api/v1/capital', { params: { query: { status: ['pending'], limit: 100, cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

/** Capital that waits for the centre: those chosen are verified at once, each for itself. With the keyboard: x chooses all, v verifies. */
export function PendingCapital() {
  const { t } = useTranslation();
  const code = useCodeText();
  const unit = useUnitName();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const query = useInfiniteQuery(pendingQuery);
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  const mine = entries.filter((entry) => entry.allowedActions.includes('verify'));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [verifying, setVerifying] = useState(false);
  const [returning, setReturning] = useState<Capital | null>(null);
  const key = useIdempotencyKey();
  const refreshed = () =>
    Promise.all(['capital', 'projects', 'credit'].map((each) => queries.invalidateQueries({ queryKey: [each] })));
  const verify = useMutation({
    mutationFn: (ids: string[]) =>
      body(
        client.POST('/api/v1/capital/verify-batch', {
          params: { header: { 'Idempotency-Key': newKey() } },
          body: { ids },
        }),
      ),
    onSuccess: (answer) => {
      setChosen(new Set());
      void message.info(t('capital.batchDone', { verified: answer.verified, refused: answer.refused }));
    },
    onSettled: refreshed,
  });
  const giveBack = useMutation({
    mutationFn: ({ entry, reason }: { entry: Capital; reason: string }) =>
      body(
        client.POST('/api/v1/capital/{id}/return', {
          params: {
            path: { id: entry.id },
            header: { 'If-Match': `"${entry.version}"`, 'Idempotency-Key': key.keyFor({ id: entry.id, reason }) },
          },
          body: { reason },
        }),
      ),
    onSettled: refreshed,
  });
  const choose = (id: string, on: boolean) =>
    setChosen((now) => new Set(on ? [...now, id] : [...now].filter((each) => each !== id)));
  const verifyChosen = () => {
    if (chosen.size > 0 && !verify.isPending) setVerifying(true);
  };
  useKeys({
    x: () => setChosen(new Set(chosen.size === mine.length ? [] : mine.map((entry) => entry.id))),
    v: verifyChosen,
  });

  return (
    <>
      <ProblemAlert error={query.error ?? verify.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={4} />}
      {query.data && entries.length === 0 && <Empty title={t('desk.noCapital')}>{t('desk.noCapitalHint')}</Empty>}
      {entries.length > 0 && (
        <>
          <div className="toolbar">
            <Button type="primary" disabled={chosen.size === 0} loading={verify.isPending} onClick={verifyChosen}>
              {t('capital.verifyChosen', { count: chosen.size })}
            </Button>
            <span className="hint desk-keys">
              <kbd>x</kbd> {t('capital.chooseAll')} <kbd>v</kbd> {t('desk.verify')}
            </span>
          </div>
          <DataTable<Capital>
            caption={t('desk.capital')}
            rows={entries}
            rowKey={(entry) => entry.id}
            columns={[
              {
                key: 'choose',
                title: t('capital.choose'),
                render: (entry) => (
                  <Checkbox
                    aria-label={t('capital.chooseOf', { name: entry.projectName })}
                    disabled={!entry.allowedActions.includes('verify')}
                    checked={chosen.has(entry.id)}
                    onChange={(event) => choose(entry.id, event.target.checked)}
                  />
                ),
              },
              {
                key: 'project',
                title: t('signings.project'),
                heading: true,
                render: (entry) => <Link to={`/projects/${entry.projectId}`}>{entry.projectName}</Link>,
              },
              { key: 'unit', title: t('signings.unit'), render: (entry) => unit(entry.jurisdiction) },
              { key: 'on', title: t('capital.valueOn'), render: (entry) => <Day date={entry.occurredOn} /> },
              {
                key: 'amount',
                title: t('capital.amount'),
                align: 'right',
                render: (entry) => <Amount money={entry.amount} />,
              },
              { key: 'kind', title: t('capital.kind'), render: (entry) => t(`capitalKind.${entry.kind}`) },
              {
                key: 'voucher',
                title: t('capital.voucher'),
                render: (entry) => (
                  <>
                    {t(`voucherKind.${entry.voucherKind}`)} <span className="num">{entry.voucherNo}</span>{' '}
                    {entry.files.map((file) => (
                      <FileLink key={file.id} id={file.id} name={file.name} />
                    ))}{' '}
                    {(entry.doubts ?? []).map((doubt) => (
                      <span key={doubt} className="tag flag">
                        {code('capital.doubt', doubt)}
                      </span>
                    ))}
                  </>
                ),
              },
              {
                key: 'act',
                title: t('capital.act'),
                render: (entry) =>
                  entry.allowedActions.includes('return') && (
                    <Button
                      size="small"
                      aria-label={t('desk.returnOf', { name: entry.projectName })}
                      onClick={() => setReturning(entry)}
                    >
                      {t('desk.return')}
                    </Button>
                  ),
              },
            ]}
          />
        </>
      )}
      <LoadMore {...query} />
      {verifying && (
        <ConfirmDialog
          held
          title={t('capital.verifyChosen', { count: chosen.size })}
          confirm={t('desk.verify')}
          onClose={() => setVerifying(false)}
          onConfirm={() => verify.mutateAsync([...chosen])}
        >
          <p>{t('capital.verifyText', { count: chosen.size })}</p>
        </ConfirmDialog>
      )}
      {returning && (
        <ReasonDialog
          kind="capital"
          open
          held
          title={t('desk.return')}
          confirm={t('desk.confirmReturn')}
          onClose={() => setReturning(null)}
          onConfirm={(reason) => giveBack.mutateAsync({ entry: returning, reason })}
        >
          <p>{t('desk.returnText')}</p>
        </ReasonDialog>
      )}
    </>
  );
}
