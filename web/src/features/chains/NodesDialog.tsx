import { App, Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { Chain, ChainNode, NodePosition, NodeState } from '@/api/types';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ifMatch, useChange } from '@/shared/useChange';
import { useDialogForm } from '@/shared/useDialogForm';
import { NODE_STATES, POSITIONS } from './nodes';

interface Row {
  id?: string;
  position: NodePosition;
  name: string;
  state: NodeState;
  classes?: string;
  note?: string;
}

/** All nodes of a chain at once; those that stay keep their projects. */
export function NodesDialog({
  chain,
  nodes,
  version,
  onClose,
}: {
  chain: Chain;
  nodes: ChainNode[];
  version: number;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ nodes: Row[] }>();
  const change = useChange('chains');
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: { nodes: Row[] }) =>
    send(async () => {
      await change.mutateAsync(() =>
        body(
          client.PUT('/api/v1/chains/{id}/nodes', {
            params: { path: { id: chain.id }, header: ifMatch(version) },
            body: {
              nodes: values.nodes.map((row) => ({
                id: row.id,
                position: row.position,
                name: row.name.trim(),
                state: row.state,
                industryClasses: (row.classes ?? '').split(/[,，、\s]+/).filter(Boolean),
                note: row.note?.trim() || undefined,
              })),
            },
          }),
        ),
      );
      message.success(t('resources.saved'));
      onClose();
    });
  return (
    <FormDialog
      form={form}
      title={t('chains.editNodes')}
      action={t('resources.save')}
      width={900}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="chain-nodes"
        layout="vertical"
        initialValues={{
          nodes: nodes.map((node) => ({
            id: node.id,
            position: node.position,
            name: node.name,
            state: node.state,
            classes: node.industryClasses.join(', '),
            note: node.note,
          })),
        }}
        onFinish={(values) => void submit(values)}
      >
        <Form.List name="nodes">
          {(fields, { add, remove }) => (
            <>
              {fields.map((field) => (
                <div key={field.key} className="node-row">
                  <Form.Item name={[field.name, 'position']} label={t('chains.position')}>
                    <Select
                      options={POSITIONS.map((position) => ({ value: position, label: t(`nodePosition.${position}`) }))}
                    />
                  </Form.Item>
                  <Form.Item
                    name={[field.name, 'name']}
                    label={t('chains.node')}
                    rules={[{ required: true, whitespace: true, message: t('resources.nameRequired') }]}
                  >
                    <Input maxLength={100} />
                  </Form.Item>
                  <Form.Item name={[field.name, 'state']} label={t('chains.state')}>
                    <Select
                      options={NODE_STATES.map((state) => ({ value: state, label: t(`nodeStateLong.${state}`) }))}
                    />
                  </Form.Item>
                  <Form.Item name={[field.name, 'classes']} label={t('chains.classes')}>
                    <Input />
                  </Form.Item>
                  <Button
                    aria-label={t('chains.removeNode', {
                      name: (form.getFieldValue(['nodes', field.name, 'name']) as string | undefined) ?? '',
                    })}
                    onClick={() => remove(field.name)}
                  >
                    ×
                  </Button>
                </div>
              ))}
              <Button onClick={() => add({ position: 'mid', state: 'missing', name: '' })}>
                {t('chains.addNode')}
              </Button>
            </>
          )}
        </Form.List>
      </Form>
    </FormDialog>
  );
}
