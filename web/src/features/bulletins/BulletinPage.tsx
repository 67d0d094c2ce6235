import { PrinterOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { body, client } from '@/api/client';
import type { Bulletin } from '@/api/types';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { DocumentMenu } from '@/shared/DocumentMenu';
import { Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { newKey } from '@/shared/submission';
import { When } from '@/shared/When';
import { BulletinText } from './BulletinText';
import { bulletinQuery } from './queries';

const Difference = lazy(async () => ({ default: (await import('./Difference')).Difference }));

/** A bulletin: what it says, where it stands, why it differs from the last, and what may be done with it now. */
export function BulletinPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery(bulletinQuery(id));
  const [comparing, setComparing] = useState(false);
  const bulletin = query.data;
  if (!bulletin)
    return (
      <Page title={t('nav.bulletins')}>
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        {query.isPending && <Loading rows={8} />}
      </Page>
    );
  const title = `${bulletin.period} ${t(`bulletins.kindOf.${bulletin.kind}`)}`;
  return (
    <Page
      wide
      title={title}
      actions={
        bulletin.content && (
          <>
            <DocumentMenu address={`bulletins/${id}`} title={title} label={t('bulletins.document')} />
            <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
              {t('bulletins.print')}
            </Button>
          </>
        )
      }
    >
      <Panel className="no-print">
        <Facts
          items={[
            {
              label: t('bulletins.status'),
              value: <span className="tag">{t(`bulletins.statusOf.${bulletin.status}`)}</span>,
            },
            {
              label: t('bulletins.drafted'),
              value: (
                <>
                  {bulletin.draftedBy.name} · <When at={bulletin.draftedAt} />
                </>
              ),
            },
            bulletin.issuedAt !== undefined && {
              label: t('bulletins.issued'),
              value: (
                <>
                  {bulletin.issuedBy?.name} · <When at={bulletin.issuedAt} />
                </>
              ),
            },
            bulletin.supersededAt !== undefined && {
              label: t('bulletins.superseded'),
              value: (
                <>
                  {bulletin.supersededBy?.name} · <When at={bulletin.supersededAt} /> · {bulletin.supersedeReason}
                </>
              ),
              wide: true,
            },
          ]}
        />
        {bulletin.status === 'draft' && <p className="hint">{t('bulletins.draftHint')}</p>}
        <Steps bulletin={bulletin} />
        <div className="actions">
          <Button aria-expanded={comparing} onClick={() => setComparing(!comparing)}>
            {t('bulletins.difference')}
          </Button>
        </div>
      </Panel>
      {comparing && (
        <Suspense fallback={<Loading rows={4} />}>
          <Difference id={id} />
        </Suspense>
      )}
      {bulletin.content && <BulletinText bulletin={bulletin} content={bulletin.content} />}
    </Page>
  );
}

/** What the server says this person may do with it now. */
function Steps({ bulletin }: { bulletin: Bulletin }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<'issue' | 'supersede'>();
  const may = (step: string) => bulletin.allowedActions.includes(step);
  const params = () => ({
    path: { id: bulletin.id },
    header: { 'If-Match': `"${bulletin.version}"`, 'Idempotency-Key': newKey() },
  });
  const done = async (text: string) => {
    message.success(text);
    await Promise.all(['bulletins', 'notices'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  };
  if (bulletin.allowedActions.length === 0) return null;
  return (
    <div className="actions">
      {may('issue') && (
        <Button type="primary" onClick={() => setAsking('issue')}>
          {t('bulletins.issue')}
        </Button>
      )}
      {may('supersede') && (
        <Button danger onClick={() => setAsking('supersede')}>
          {t('bulletins.supersede')}
        </Button>
      )}
      {bulletin.status === 'draft' && !may('issue') && <p className="hint">{t('bulletins.secondPerson')}</p>}
      {asking === 'issue' && (
        <ConfirmDialog
          title={t('bulletins.issue')}
          confirm={t('bulletins.issue')}
          onConfirm={async () => {
            await body(client.POST('/api/v1/bulletins/{id}/issue', { params: params() }));
            await done(t('bulletins.issuedNow'));
          }}
          onClose={() => setAsking(undefined)}
        >
          <p>{t('bulletins.issueText')}</p>
        </ConfirmDialog>
      )}
      <ReasonDialog
        open={asking === 'supersede'}
        danger
        title={t('bulletins.supersede')}
        confirm={t('bulletins.supersede')}
        onConfirm={async (reason) => {
          await body(client.POST('/api/v1/bulletins/{id}/supersede', { params: params(), body: { reason } }));
          await done(t('bulletins.supersededNow'));
        }}
        onClose={() => setAsking(undefined)}
      />
    </div>
  );
}
