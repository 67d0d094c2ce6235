import { DownloadOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client, download } from '@/api/client';
import { ProblemError } from 'pipeline-client';
import { serverNow } from '@/api/session';
import type { AuditEntry } from '@/api/types';
import { DataTable, type Column } from '@/shared/DataTable';
import { formatInstant } from '@/shared/dates';
import { ExportMenu } from '@/shared/ExportMenu';
import { useCodeText } from '@/shared/i18n';
import { LinkButton } from '@/shared/LinkButton';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useUrlState } from '@/shared/urlState';
import { When } from '@/shared/When';
import { AuditDetail } from './AuditDetail';
import { useUnitName } from '@/shared/units';
import { AuditFilters } from './AuditFilters';
import { AUDIT_KEYS, auditFilter, filterCount } from './auditState';
import { useAuditText } from './auditText';
import { OutcomeTag } from './OutcomeTag';
import { auditQuery } from './queries';

export function AuditPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const can = useCan();
  const text = useAuditText();
  const unit = useUnitName();
  const code = useCodeText();
  const { values, change, clear } = useUrlState(AUDIT_KEYS);
  const query = useInfiniteQuery(auditQuery(auditFilter(values)));
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  const verify = useMutation({
    mutationFn: async () => ({
      ...(await body(client.GET('/api/v1/audit/verify'))),
      at: formatInstant(serverNow(), 'second'),
    }),
  });
  const saveAnchor = () =>
    download('/api/v1/audit/anchor', 'audit-anchor.json').catch((error: unknown) =>
      message.error(
        t('audit.anchorFailed', {
          reason: error instanceof ProblemError && error.status !== 0 ? error.problem.title : t('problem.networkTitle'),
        }),
      ),
    );
  const check = verify.data;

  const columns: Column<AuditEntry>[] = [
    {
      key: 'action',
      title: t('audit.action'),
      heading: true,
      render: (entry) => (
        <span className="name-cell">
          <button
            type="button"
            className="link"
            aria-label={t('audit.open', { n: entry.seq, action: text.action(entry.action) })}
            onClick={() => setOpen(entry)}
          >
            {text.action(entry.action)}
          </button>
          <small className="num">{t('audit.seq', { n: entry.seq })}</small>
        </span>
      ),
    },
    { key: 'at', title: t('audit.at'), render: (entry) => <When at={entry.at} precision="second" /> },
    {
      key: 'actor',
      title: t('audit.actor'),
      render: (entry) => (
        <span className="two-lines">
          {text.actor(entry.actor)}
          <small>
            {[text.role(entry.actor), entry.actor.onBehalfOf && unit(entry.actor.onBehalfOf)]
              .filter(Boolean)
              .join(' · ')}
          </small>
        </span>
      ),
    },
    { key: 'outcome', title: t('audit.outcome'), render: (entry) => <OutcomeTag outcome={entry.outcome} /> },
    {
      key: 'subject',
      title: t('audit.subject'),
      render: (entry) => text.subject(entry) || <span className="muted">{t('common.none')}</span>,
    },
    {
      key: 'address',
      title: t('audit.address'),
      render: (entry) =>
        entry.address ? (
          <span className="num">{entry.address}</span>
        ) : (
          <span className="muted">{t('common.none')}</span>
        ),
    },
  ];

  return (
    <Page
      title={t('audit.title')}
      lead={t('audit.lead')}
      wide
      actions={
        <>
          <ExportMenu name="audit" query={() => new URLSearchParams(auditFilter(values) as Record<string, string>)} />
          {can('verify-audit') && (
            <>
              {can('read-patterns') && <LinkButton to="/audit/patterns">{t('patterns.open')}</LinkButton>}
              <Button icon={<DownloadOutlined aria-hidden />} onClick={() => void saveAnchor()}>
                {t('audit.anchor')}
              </Button>
              <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate()}>
                {verify.isPending ? t('audit.verifying') : t('audit.verify')}
              </Button>
            </>
          )}
        </>
      }
    >
      <ProblemAlert error={verify.error} />
      {check && (
        <section className={check.valid ? 'outcome outcome-active' : 'outcome outcome-broken'} role="status">
          <h2>{check.valid ? t('audit.valid') : t('audit.broken')}</h2>
          <p className="num">
            {t('audit.checked', { n: check.checked, anchors: check.anchorsChecked, time: check.at })}
          </p>
          {check.firstBroken && (
            <p className="num">
              {t('audit.firstBroken', {
                n: check.firstBroken.seq,
                reason: code('auditBreak', check.firstBroken.reason),
              })}
            </p>
          )}
        </section>
      )}
      <AuditFilters values={values} entries={entries} change={change} clear={clear} />
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={10} />}
      {query.data && entries.length === 0 && (
        <Empty title={t('audit.empty')}>
          {filterCount(values) > 0 ? <Button onClick={clear}>{t('audit.clear')}</Button> : t('audit.emptyHint')}
        </Empty>
      )}
      {entries.length > 0 && (
        <DataTable
          caption={t('audit.title')}
          columns={columns}
          rows={entries}
          rowKey={(entry) => entry.id}
          busy={query.isPlaceholderData}
        />
      )}
      <LoadMore {...query} />
      {open && <AuditDetail entry={open} onClose={() => setOpen(null)} />}
    </Page>
  );
}
