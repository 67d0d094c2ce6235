import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { ReasonKind } from '@/api/types';
import { limit } from './limit';
import { useCan } from './queries';

/** The texts that the centre keeps for the reasons of a kind of decision. */
export const reasonTemplatesQuery = (kind?: ReasonKind) => ({
  queryKey: ['reason-templates', kind ?? 'all'],
  queryFn: () => body(client.GET('/api/v1/reason-templates', { params: { query: { kind, limit: 200 } } })),
  staleTime: 5 * 60_000,
});

/** The reason of a decision: typed, or begun with a text that is kept for such decisions. */
export function ReasonField({
  kind,
  rows = 4,
  most = 2000,
  label,
  extra,
}: {
  kind?: ReasonKind;
  rows?: number;
  /** So many characters it may have. */
  most?: number;
  label?: string;
  extra?: string;
}) {
  const { t } = useTranslation();
  const can = useCan();
  const form = Form.useFormInstance<{ reason: string }>();
  const kept = useQuery({ ...reasonTemplatesQuery(kind), enabled: kind !== undefined && can('read-reason-templates') });
  const texts = kept.data?.items ?? [];
  return (
    <>
      {texts.length > 0 && (
        <Form.Item label={t('reasons.choose')}>
          <Select
            value={null}
            placeholder={t('reasons.chooseHint')}
            aria-label={t('reasons.choose')}
            options={texts.map((each) => ({ value: each.text, label: each.text }))}
            onChange={(text: string | null) => text && form.setFieldValue('reason', text)}
          />
        </Form.Item>
      )}
      <Form.Item
        name="reason"
        label={label ?? t('reason.label')}
        extra={extra}
        rules={[{ required: true, whitespace: true, message: t('reason.required') }]}
      >
        <Input.TextArea rows={rows} {...limit(most)} />
      </Form.Item>
    </>
  );
}
