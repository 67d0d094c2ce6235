import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client, mergePatchBody, type Tagged } from '@/api/client';
import { isProblem } from 'pipeline-client';
import type { Role, UserAccount, UserInput } from '@/api/types';
import { ChangedMeanwhile, type Changed } from '@/shared/ChangedMeanwhile';
import { FormDialog } from '@/shared/FormDialog';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { OnceFoot } from '@/shared/OnceFoot';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { jurisdictionsQuery } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { useUnitName } from '@/shared/units';
import { useDialogForm } from '@/shared/useDialogForm';
import { userQuery } from './queries';
import { ROLES } from './roles';
import { linkAddress, SetUpLinkNote } from './SetUpLinkNote';
import { limit } from '@/shared/limit';

interface Values {
  username: string;
  displayName: string;
  email?: string;
  role: Role;
  jurisdictionId?: string;
}
/** Most accounts are those of units; of which unit has to be said. */
const NEW: Partial<Values> = { role: 'officer' };
const FIELDS = ['username', 'displayName', 'email', 'role', 'jurisdictionId'] as const;

function valuesOf(user: UserAccount): Values {
  return {
    username: user.username,
    displayName: user.displayName,
    email: user.email,
    role: user.role,
    jurisdictionId: user.jurisdiction?.id,
  };
}

/** A new account, or the facts of one there is. Only what was changed is sent, so that nobody's other change is undone. */
export function UserDialog({ current, onClose }: { current?: Tagged<UserAccount>; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const role = Form.useWatch('role', form);
  const { data: units } = useQuery(jurisdictionsQuery);
  const unit = useUnitName();
  const [base, setBase] = useState(current);
  const [changes, setChanges] = useState<Changed[]>([]);
  const [made, setMade] = useState<UserAccount | null>(null);

  const labels: Record<(typeof FIELDS)[number], string> = {
    username: t('users.username'),
    displayName: t('users.displayName'),
    email: t('users.email'),
    role: t('users.role'),
    jurisdictionId: t('users.unit'),
  };
  const text = (values: Values, field: (typeof FIELDS)[number]) => {
    const value = values[field];
    if (!value) return t('common.none');
    return field === 'role'
      ? t(`role.${values.role}`)
      : field === 'jurisdictionId'
        ? unit({ id: value, name: units?.find((each) => each.id === value)?.name ?? value })
        : value;
  };

  const save = (typed: Values) =>
    send(async () => {
      const values = { ...typed, email: typed.email?.trim() || undefined };
      if (!base) {
        setMade(
          await body(
            client.POST('/api/v1/users', {
              params: { header: { 'Idempotency-Key': key.keyFor(values) } },
              body: values,
            }),
          ),
        );
        await queries.invalidateQueries({ queryKey: ['users'] });
        return;
      }
      const before = valuesOf(base.value);
      const patch = mergePatchBody<UserInput>(
        Object.fromEntries(
          FIELDS.filter((field) => values[field] !== before[field]).map((field) => [field, values[field] ?? null]),
        ),
      );
      const { id } = base.value;
      try {
        await body(
          client.PATCH('/api/v1/users/{id}', {
            params: { path: { id }, header: { 'If-Match': base.etag } },
            body: patch,
            headers: { 'Content-Type': 'application/merge-patch+json' },
          }),
        );
      } catch (problem) {
        if (!isProblem(problem, 'precondition-failed')) throw problem;
        const theirs = await queries.fetchQuery(userQuery(id));
        const now = valuesOf(theirs.value);
        const changed = FIELDS.filter((field) => now[field] !== before[field]);
        for (const field of changed) if (values[field] === before[field]) form.setFieldValue(field, now[field]);
        setChanges(
          changed.map((field) => ({ field: labels[field], before: text(before, field), after: text(now, field) })),
        );
        setBase(theirs);
        return;
      }
      await queries.invalidateQueries({ queryKey: ['users'] });
      message.success(t('users.saved'));
      onClose();
    });

  if (made) {
    return (
      <Modal
        open
        title={t('users.created')}
        closable={false}
        mask={{ closable: false }}
        keyboard={false}
        footer={
          <OnceFoot
            value={made.setUpLink ? linkAddress(made.setUpLink) : ''}
            finish={t('users.finish')}
            onClose={onClose}
          />
        }
      >
        {made.setUpLink && <SetUpLinkNote link={made.setUpLink} name={made.displayName} />}
      </Modal>
    );
  }
  const officer = role === 'officer';
  return (
    <FormDialog
      form={form}
      title={base ? t('users.editOf', { name: base.value.displayName }) : t('users.add')}
      action={base ? t('users.save') : t('users.create')}
      busy={busy}
      onClose={onClose}
    >
      {changes.length > 0 && <ChangedMeanwhile changes={changes} />}
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="user"
        layout="vertical"
        initialValues={current ? valuesOf(current.value) : NEW}
        onFinish={(values) => void save(values)}
      >
        <Form.Item
          name="username"
          label={t('users.username')}
          extra={t('users.usernameHint')}
          rules={[{ required: true, whitespace: true, message: t('users.usernameRequired') }]}
        >
          <Input {...limit(64)} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item
          name="displayName"
          label={t('users.displayName')}
          rules={[{ required: true, whitespace: true, message: t('users.nameRequired') }]}
        >
          <Input {...limit(100)} autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label={t('users.role')} rules={[{ required: true, message: t('users.roleRequired') }]}>
          <Select options={ROLES.map((each) => ({ value: each, label: t(`role.${each}`) }))} />
        </Form.Item>
        <Form.Item
          name="jurisdictionId"
          label={t('users.unit')}
          extra={officer ? t('users.unitHint') : undefined}
          required={officer}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, unit?: string) =>
                getFieldValue('role') === 'officer' && !unit
                  ? Promise.reject(new Error(t('users.unitRequired')))
                  : Promise.resolve(),
            }),
          ]}
        >
          <JurisdictionSelect reportingOnly={officer} placeholder={officer ? undefined : t('users.unitOptional')} />
        </Form.Item>
        <Form.Item name="email" label={t('users.email')} rules={[{ type: 'email', message: t('users.emailWrong') }]}>
          <Input type="email" {...limit(200)} placeholder={t('users.unitOptional')} autoComplete="off" />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
