import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FirmAlias } from '@/api/types';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { DataTable } from '@/shared/DataTable';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { When } from '@/shared/When';
import { firmAliasesQuery, useFirmAliases } from './queries';
import { limit } from '@/shared/limit';

interface Names {
  name: string;
  otherName: string;
}

/** The names that the centre knows to be of one firm: reports under either are reviewed together. */
export function FirmNames() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const query = useInfiniteQuery(firmAliasesQuery);
  const { add, remove } = useFirmAliases();
  const [form] = Form.useForm<Names>();
  const { busy, error, left, send } = useDialogForm(form);
  const key = useIdempotencyKey();
  const [gone, setGone] = useState<FirmAlias | null>(null);
  const aliases = query.data?.pages.flatMap((page) => page.items) ?? [];

  const keep = (names: Names) =>
    send(async () => {
      await add.mutateAsync({ names, key: key.keyFor(names) });
      form.resetFields();
      void message.success(t('desk.namesKept'));
    });

  return (
    <>
      <Panel title={t('desk.addNames')}>
        <Form form={form} layout="vertical" onFinish={(names) => void keep(names)} disabled={busy}>
          <div className="form-grid">
            <Form.Item
              name="name"
              label={t('desk.firmName')}
              rules={[{ required: true, message: t('form.nameRequired') }]}
            >
              <Input {...limit(200)} />
            </Form.Item>
            <Form.Item
              name="otherName"
              label={t('desk.otherName')}
              rules={[{ required: true, message: t('form.nameRequired') }]}
            >
              <Input {...limit(200)} />
            </Form.Item>
          </div>
          <ProblemAlert error={error} fields={left} />
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('desk.keepNames')}
          </Button>
        </Form>
      </Panel>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={4} />}
      {query.data && aliases.length === 0 && <Empty title={t('desk.namesEmpty')}>{t('desk.namesHint')}</Empty>}
      {aliases.length > 0 && (
        <DataTable
          caption={t('desk.names')}
          rows={aliases}
          rowKey={(alias) => alias.id}
          columns={[
            { key: 'name', title: t('desk.firmName'), heading: true, render: (alias) => alias.name },
            { key: 'other', title: t('desk.otherName'), render: (alias) => alias.otherName },
            {
              key: 'source',
              title: t('desk.namesSource'),
              render: (alias) =>
                alias.claimId ? (
                  <Link to={`/claims/${alias.claimId}`}>{t('desk.source.decision')}</Link>
                ) : (
                  t('desk.source.kept')
                ),
            },
            { key: 'by', title: t('desk.namesBy'), render: (alias) => alias.createdBy.name },
            {
              key: 'at',
              title: t('desk.namesAt'),
              align: 'right',
              render: (alias) => <When at={alias.createdAt} precision="day" />,
            },
            {
              key: 'remove',
              title: '',
              align: 'right',
              render: (alias) => (
                <Button
                  type="link"
                  aria-label={t('desk.removeNames', { name: alias.name, other: alias.otherName })}
                  onClick={() => setGone(alias)}
                >
                  {t('desk.remove')}
                </Button>
              ),
            },
          ]}
        />
      )}
      <LoadMore {...query} />
      {gone && (
        <ConfirmDialog
          title={t('desk.removeNames', { name: gone.name, other: gone.otherName })}
          confirm={t('desk.remove')}
          danger
          onConfirm={() => remove.mutateAsync(gone)}
          onClose={() => setGone(null)}
        >
          {t('desk.removeNamesHint')}
        </ConfirmDialog>
      )}
    </>
  );
}
