import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '@/shared/LinkButton';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUrlState } from '@/shared/urlState';
import { NoticeList } from './NoticeList';
import { markReadUpTo, noticesQuery } from './queries';

export function NoticesPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { values, change } = useUrlState(['show'] as const);
  const unread = values.show === 'unread';
  const query = useInfiniteQuery(noticesQuery(unread));
  const notices = query.data?.pages.flatMap((page) => page.items) ?? [];
  const newest = notices[0];
  const markAll = useMutation({
    mutationFn: markReadUpTo,
    onSuccess: () => message.success(t('notices.marked')),
    onSettled: () => queries.invalidateQueries({ queryKey: ['notices'] }),
  });
  return (
    <Page
      title={t('notices.title')}
      lead={t('notices.lead')}
      actions={
        <>
          <LinkButton to="/account">{t('notices.settings')}</LinkButton>
          <Button
            disabled={!newest || notices.every((notice) => notice.readAt)}
            loading={markAll.isPending}
            onClick={() => newest && markAll.mutate(newest.id)}
          >
            {t('notices.markAll')}
          </Button>
        </>
      }
    >
      <div className="notices-filter">
        <Radio.Group
          aria-label={t('notices.show')}
          optionType="button"
          value={unread ? 'unread' : 'all'}
          onChange={(event) => change({ show: event.target.value === 'unread' ? 'unread' : undefined })}
          options={[
            { value: 'all', label: t('notices.all') },
            { value: 'unread', label: t('notices.unread') },
          ]}
        />
      </div>
      <ProblemAlert
        error={markAll.error ?? query.error}
        onRetry={query.error ? () => void query.refetch() : undefined}
      />
      {query.isPending && <Loading rows={8} />}
      {query.data && (
        <Panel>
          {notices.length === 0 ? (
            <Empty title={unread ? t('notices.emptyUnread') : t('notices.empty')}>{t('notices.emptyHint')}</Empty>
          ) : (
            <NoticeList notices={notices} />
          )}
        </Panel>
      )}
      <LoadMore {...query} />
    </Page>
  );
}
