import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import { Facts, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { useUnitName } from '@/shared/units';
import { Day, When } from '@/shared/When';
import { DetailValue } from './DetailValue';
import { EntryForm } from './EntryForm';
import { DETAILS, type Library } from './libraries';
import { entryOf, entryQuery } from './queries';

/** One entry of a library: all that the reader may know of it, and what may be done with it. */
export function EntryDrawer({
  library,
  id,
  onOpen,
  onClose,
}: {
  library: Library;
  id: string;
  onOpen: (id: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const unit = useUnitName();
  const queries = useQueryClient();
  const query = useQuery(entryQuery(library, id));
  const [asking, setAsking] = useState<'edit' | 'retire' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const entry = query.data?.value;
  const may = (action: string) => entry?.allowedActions.includes(action) ?? false;
  const refresh = () => queries.invalidateQueries({ queryKey: ['libraries', library] });
  const at = () => ({ params: { path: { id }, header: { 'If-Match': query.data?.etag ?? '' } } });
  const verify = async () => {
    setBusy(true);
    setError(null);
    try {
      await body(client.POST(`${entryOf(library)}/verify` as '/api/v1/funds/{id}/verify', at()));
      message.success(t('libraries.verified'));
      await refresh();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const retire = async (reason: string) => {
    await body(client.POST(`${entryOf(library)}/retire` as '/api/v1/funds/{id}/retire', { ...at(), body: { reason } }));
    await refresh();
  };
  return (
    <Drawer
      open
      size="large"
      title={entry?.name ?? t(`libraries.of.${library}`)}
      onClose={onClose}
      extra={
        <>
          {may('verify') && (
            <Button loading={busy} onClick={() => void verify()}>
              {t('libraries.verify')}
            </Button>
          )}{' '}
          {may('edit') && (
            <Button type="primary" onClick={() => setAsking('edit')}>
              {t('libraries.edit')}
            </Button>
          )}
        </>
      }
    >
      <ProblemAlert error={query.error ?? error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {entry && (
        <>
          <Facts
            items={[
              Boolean(entry.uscc) && {
                label: t('libraries.uscc'),
                value: (
                  <>
                    <code className="num">{entry.uscc}</code>{' '}
                    {entry.usccDoubtful && <span className="tag flag">{t('libraries.usccDoubtful')}</span>}
                  </>
                ),
              },
              ...DETAILS[library]
                .filter((detail) => entry.details[detail.name] !== undefined)
                .map((detail) => ({
                  label: t(`libraries.detail.${detail.name}`),
                  value: <DetailValue detail={detail} value={entry.details[detail.name]} />,
                })),
              Boolean(entry.chain) && { label: t('libraries.chain'), value: entry.chain },
              entry.tags.length > 0 && {
                label: t('libraries.tags'),
                value: entry.tags.map((tag) => (
                  <span key={tag} className="tag">
                    {tag}
                  </span>
                )),
              },
              { label: t('libraries.keeper'), value: entry.keeper ? unit(entry.keeper) : t('libraries.centre') },
              { label: t('libraries.visibility'), value: t(`libraries.visibilityOf.${entry.visibility}`) },
              {
                label: t('libraries.verifiedOn'),
                value: (
                  <>
                    {entry.verifiedOn ? <Day date={entry.verifiedOn} /> : t('libraries.never')} {entry.verifiedBy?.name}{' '}
                    {entry.grey && <span className="tag">{t('libraries.grey')}</span>}
                  </>
                ),
              },
              !entry.grey &&
                entry.status === 'active' && { label: t('libraries.greyFrom'), value: <Day date={entry.greyFrom} /> },
              entry.status === 'retired' && {
                label: t('libraries.retired'),
                value: (
                  <>
                    <When at={entry.retiredAt} /> {entry.retireReason}
                  </>
                ),
                wide: true,
              },
              Boolean(entry.note) && {
                label: t('libraries.note'),
                value: <span className="text">{entry.note}</span>,
                wide: true,
              },
            ]}
          />
          {entry.contacts && entry.contacts.length > 0 && (
            <section aria-label={t('libraries.contacts')}>
              <h3>{t('libraries.contacts')}</h3>
              <ul className="plain-list">
                {entry.contacts.map((person, at) => (
                  <li key={at}>
                    <strong>{person.name}</strong>{' '}
                    {[person.title, person.phone, person.email].filter(Boolean).join(' · ')}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {entry.similar && entry.similar.length > 0 && (
            <section aria-label={t('libraries.similar')}>
              <h3>{t('libraries.similar')}</h3>
              <ul className="plain-list">
                {entry.similar.map((other) => (
                  <li key={other.id}>
                    <Button type="link" className="entry-name" onClick={() => onOpen(other.id)}>
                      {other.name}
                    </Button>{' '}
                    <span className="tag flag">{t(`libraries.likeness.${other.likeness}`)}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {may('retire') && (
            <p className="page-foot">
              <Button danger onClick={() => setAsking('retire')}>
                {t('libraries.retire')}
              </Button>
            </p>
          )}
        </>
      )}
      {asking === 'edit' && query.data && (
        <EntryForm
          library={library}
          entry={query.data}
          onClose={() => setAsking(null)}
          onSaved={() => setAsking(null)}
        />
      )}
      <ReasonDialog
        open={asking === 'retire'}
        title={t('libraries.retireOf', { name: entry?.name ?? '' })}
        confirm={t('libraries.retire')}
        danger
        onConfirm={retire}
        onClose={() => setAsking(null)}
      />
    </Drawer>
  );
}
