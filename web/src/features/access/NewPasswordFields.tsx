import { Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A new password, twice; how long it must be is said before it is typed. `name` is the server's word for it. */
export function NewPasswordFields({ name, minLength }: { name: string; minLength: number }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const type = shown ? 'text' : 'password';
  return (
    <>
      <Form.Item
        name={name}
        label={t('password.next')}
        extra={t('password.hint', { n: minLength })}
        validateTrigger="onBlur"
        rules={[
          { required: true, message: t('password.nextRequired') },
          {
            validator: (_, value?: string) =>
              value && [...value].length < minLength
                ? Promise.reject(new Error(t('password.short', { n: minLength, now: [...value].length })))
                : Promise.resolve(),
          },
        ]}
      >
        <Input type={type} autoComplete="new-password" autoCapitalize="none" spellCheck={false} maxLength={512} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('password.again')}
        dependencies={[name]}
        validateTrigger="onBlur"
        rules={[
          { required: true, message: t('password.againRequired') },
          ({ getFieldValue }) => ({
            validator: (_, value?: string) =>
              value && value !== getFieldValue(name)
                ? Promise.reject(new Error(t('password.differ')))
                : Promise.resolve(),
          }),
        ]}
      >
        <Input type={type} autoComplete="new-password" autoCapitalize="none" spellCheck={false} maxLength={512} />
      </Form.Item>
      <p className="show-password">
        <Checkbox checked={shown} onChange={(event) => setShown(event.target.checked)}>
          {t('password.show')}
        </Checkbox>
      </p>
    </>
  );
}
