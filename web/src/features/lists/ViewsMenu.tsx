import { DeleteOutlined, FolderOpenOutlined, SyncOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Form, Input, Popover } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SavedView } from '@/api/types';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useMe } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { layoutNames, type Layout } from './columns';
import type { ListValues } from './listState';
import { useEditView, useRemoveView, useSaveView, viewsQuery } from './viewQueries';
import { showsView, viewAddress, viewQuery } from './viewState';

/** The views one has saved and those that colleagues share; one click shows a view again. */
export function ViewsMenu({ values, layout }: { values: ListValues; layout: Layout }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const me = useMe();
  const views = useQuery({ ...viewsQuery, enabled: me !== undefined });
  const [open, setOpen] = useState(false);
  const [saving, setSaving] = useState(false);
  const edit = useEditView();
  const remove = useRemoveView();
  const own = views.data?.filter((view) => view.owner.id === me?.user.id) ?? [];
  const shared = views.data?.filter((view) => view.owner.id !== me?.user.id) ?? [];
  const shown = views.data?.find((view) => showsView(view, values, layout));
  const failed = (error: Error) => void message.error(error.message);

  const entry = (view: SavedView) => (
    <Button
      type={view.id === shown?.id ? 'primary' : 'text'}
      ghost={view.id === shown?.id}
      className="view-open"
      aria-label={t('views.open', { name: view.name })}
      onClick={() => {
        setOpen(false);
        void navigate(viewAddress(view));
      }}
    >
      {view.name}
    </Button>
  );

  return (
    <>
      <Popover
        trigger="click"
        placement="bottomRight"
        arrow={false}
        open={open}
        onOpenChange={setOpen}
        content={
          <div className="views" role="group" aria-label={t('views.title')}>
            <ProblemAlert error={views.error} />
            {views.data?.length === 0 && <p className="muted">{t('views.none')}</p>}
            {own.length > 0 && <h2>{t('views.mine')}</h2>}
            <ul>
              {own.map((view) => (
                <li key={view.id}>
                  {entry(view)}
                  <Checkbox
                    aria-label={t('views.shareOf', { name: view.name })}
                    checked={view.shared}
                    onChange={(event) =>
                      edit.mutate({ view, change: { shared: event.target.checked } }, { onError: failed })
                    }
                  >
                    {t('views.sharedTag')}
                  </Checkbox>
                  <Button
                    type="text"
                    size="small"
                    icon={<SyncOutlined aria-hidden />}
                    aria-label={t('views.update', { name: view.name })}
                    title={t('views.update', { name: view.name })}
                    disabled={view.id === shown?.id}
                    onClick={() =>
                      edit.mutate(
                        { view, change: { query: viewQuery(values), columns: layoutNames(layout) } },
                        { onSuccess: () => void message.success(t('views.updated')), onError: failed },
                      )
                    }
                  />
                  <Button
                    type="text"
                    size="small"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('views.remove', { name: view.name })}
                    title={t('views.remove', { name: view.name })}
                    onClick={() =>
                      remove.mutate(view, {
                        onSuccess: () => void message.success(t('views.removed')),
                        onError: failed,
                      })
                    }
                  />
                </li>
              ))}
            </ul>
            {shared.length > 0 && <h2>{t('views.shared')}</h2>}
            <ul>
              {shared.map((view) => (
                <li key={view.id}>
                  {entry(view)}
                  <span className="hint">{t('views.by', { name: view.owner.name })}</span>
                </li>
              ))}
            </ul>
            <div className="views-foot">
              <p className="hint">{t('views.hint')}</p>
              <Button
                type="primary"
                onClick={() => {
                  setOpen(false);
                  setSaving(true);
                }}
              >
                {t('views.save')}
              </Button>
            </div>
          </div>
        }
      >
        <Button icon={<FolderOpenOutlined aria-hidden />}>{shown?.name ?? t('views.title')}</Button>
      </Popover>
      {saving && (
        <SaveDialog
          values={values}
          layout={layout}
          centre={me?.role === 'coordinator'}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  );
}

function SaveDialog({
  values,
  layout,
  centre,
  onClose,
}: {
  values: ListValues;
  layout: Layout;
  centre: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ name: string; shared?: boolean }>();
  const save = useSaveView();
  const key = useIdempotencyKey();
  const submit = ({ name, shared = false }: { name: string; shared?: boolean }) => {
    const view = {
      name: name.trim(),
      page: 'lists' as const,
      query: viewQuery(values),
      columns: layoutNames(layout),
      shared,
    };
    save.mutate(
      { view, key: key.keyFor(view) },
      {
        onSuccess: () => {
          message.success(t('views.saved'));
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog form={form} title={t('views.save')} busy={save.isPending} onClose={onClose}>
      <ProblemAlert error={save.error} />
      <Form form={form} name="save-view" layout="vertical" onFinish={submit}>
        <Form.Item
          name="name"
          label={t('views.name')}
          rules={[{ required: true, whitespace: true, message: t('views.nameRequired') }]}
        >
          <Input maxLength={100} autoFocus />
        </Form.Item>
        <Form.Item name="shared" valuePropName="checked">
          <Checkbox>{t(centre ? 'views.shareCentre' : 'views.share')}</Checkbox>
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
