import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Filter } from '@/shared/Filter';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { LoadMore } from '@/shared/LoadMore';
import { LinkButton } from '@/shared/LinkButton';
import { ActionCard } from '@/shared/meetings/ActionCard';
import { ACTION_STATUSES, actionQuery, actionsQuery } from '@/shared/meetings/queries';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useMe } from '@/shared/queries';
import { useUrlState } from '@/shared/urlState';

const KEYS = ['status', 'owner', 'carried', 'action'] as const;
const CARRIED = ['1', '2', '3'] as const;

/** What meetings decided, the one due first at first: a unit's or department's own, the city's. */
export function ActionsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const concerned = me?.role === 'department' || me?.role === 'officer';
  const { values, change } = useUrlState(KEYS);
  const query = useInfiniteQuery(
    actionsQuery({
      status: values.status === 'any' ? undefined : (ACTION_STATUSES.find((each) => each === values.status) ?? 'open'),
      ownerId: values.owner,
      carried: CARRIED.find((each) => each === values.carried) ? Number(values.carried) : undefined,
    }),
  );
  const one = useQuery({ ...actionQuery(values.action ?? ''), enabled: values.action !== undefined });
  const actions = (query.data?.pages.flatMap((page) => page.items) ?? []).filter((each) => each.id !== one.data?.id);
  return (
    <Page
      title={t('nav.actions')}
      lead={concerned ? t('actions.leadOwn') : t('actions.lead')}
      actions={<LinkButton to="/meetings">{t('nav.meetings')}</LinkButton>}
    >
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="actions-status" label={t('actions.status')}>
          <Select
            id="actions-status"
            value={values.status ?? 'open'}
            onChange={(status: string) => change({ status: status === 'open' ? undefined : status })}
            options={[
              ...ACTION_STATUSES.map((status) => ({ value: status as string, label: t(`actionStatus.${status}`) })),
              { value: 'any', label: t('actions.anyStatus') },
            ]}
          />
        </Filter>
        <Filter id="actions-carried" label={t('actions.carriedLabel')}>
          <Select
            id="actions-carried"
            allowClear
            value={values.carried}
            placeholder={t('actions.anyCarried')}
            onChange={(carried: string | undefined) => change({ carried })}
            options={CARRIED.map((n) => ({ value: n, label: t('actions.carriedFrom', { n }) }))}
          />
        </Filter>
        <Filter id="actions-owner" label={t('actions.owner')}>
          <JurisdictionSelect
            id="actions-owner"
            value={values.owner}
            placeholder={t('actions.anyOwner')}
            onChange={(owner) => change({ owner })}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error ?? one.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {one.data && <ActionCard action={one.data} chosen heading="h2" />}
      {query.data && actions.length === 0 && !one.data && (
        <Empty title={t('actions.empty')}>{t('actions.emptyHint')}</Empty>
      )}
      {actions.map((action) => (
        <ActionCard key={action.id} action={action} heading="h2" />
      ))}
      <LoadMore {...query} />
    </Page>
  );
}
