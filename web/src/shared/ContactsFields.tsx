import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ContactKind } from '@/api/types';
import { DateInput } from './DateInput';
import { today } from './dates';
import { FileInput } from './FileInput';
import { limit } from './limit';

export const CONTACT_KINDS: readonly ContactKind[] = ['visit', 'reception', 'meeting', 'letter', 'call', 'other'];

/** The contacts a report rests on, each with its papers; the form keeps them under `contacts`. */
export function ContactsFields() {
  const { t } = useTranslation();
  return (
    <Form.List name="contacts">
      {(fields, { add, remove }, { errors }) => (
        <div data-field="contacts">
          {fields.map((field, index) => (
            <fieldset key={field.key} className="row-group">
              <legend>{t('contact.nth', { n: index + 1 })}</legend>
              <div className="form-grid">
                <Form.Item name={[field.name, 'kind']} label={t('contact.kind')}>
                  <Select options={CONTACT_KINDS.map((kind) => ({ value: kind, label: t(`contactKind.${kind}`) }))} />
                </Form.Item>
                <Form.Item name={[field.name, 'occurredOn']} label={t('contact.occurredOn')}>
                  <DateInput max={today()} />
                </Form.Item>
                <Form.Item className="span-2" name={[field.name, 'note']} label={t('contact.note')}>
                  <Input.TextArea rows={3} {...limit(10_000)} placeholder={t('contact.noteHint')} />
                </Form.Item>
                <Form.Item className="span-2" name={[field.name, 'files']} label={t('contact.files')}>
                  <FileInput label={t('contact.filesOf', { n: index + 1 })} />
                </Form.Item>
              </div>
              {fields.length > 1 && (
                <div className="row-foot row-foot-end">
                  <Button
                    type="text"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('contact.removeNth', { n: index + 1 })}
                    onClick={() => remove(index)}
                  >
                    {t('common.remove')}
                  </Button>
                </div>
              )}
            </fieldset>
          ))}
          <Form.ErrorList errors={errors} />
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({})}>
            {t('contact.add')}
          </Button>
        </div>
      )}
    </Form.List>
  );
}
