import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { limit } from './limit';

/** Contact persons, each with what is known of her or him; the form keeps them under `name`. */
export function PeopleFields({ name }: { name: string | (string | number)[] }) {
  const { t } = useTranslation();
  return (
    <Form.List name={name}>
      {(fields, { add, remove }, { errors }) => (
        <div data-field={[name].flat().join('.')}>
          {fields.map((field, index) => (
            <fieldset key={field.key} className="row-group">
              <legend>{t('person.nth', { n: index + 1 })}</legend>
              <div className="form-grid">
                <Form.Item name={[field.name, 'name']} label={t('person.name')}>
                  <Input {...limit(100)} autoComplete="off" />
                </Form.Item>
                <Form.Item name={[field.name, 'title']} label={t('person.title')}>
                  <Input {...limit(100)} autoComplete="off" />
                </Form.Item>
                <Form.Item name={[field.name, 'phone']} label={t('person.phone')}>
                  <Input type="tel" {...limit(40)} autoComplete="off" />
                </Form.Item>
                <Form.Item name={[field.name, 'email']} label={t('person.email')}>
                  <Input type="email" {...limit(200)} autoComplete="off" />
                </Form.Item>
              </div>
              <div className="row-foot row-foot-end">
                <Button
                  type="text"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('person.removeNth', { n: index + 1 })}
                  onClick={() => remove(index)}
                >
                  {t('common.remove')}
                </Button>
              </div>
            </fieldset>
          ))}
          <Form.ErrorList errors={errors} />
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({})}>
            {t('person.add')}
          </Button>
        </div>
      )}
    </Form.List>
  );
}
