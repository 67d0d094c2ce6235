import { Form, type FormInstance } from 'antd';
import { useEffect } from 'react';
import { forgetPlacedErrors } from './fieldErrors';

/** Stands in a form to which a server's refusals come: what is said of a field goes when the field is changed. */
export function PlacedErrors({ form }: { form: FormInstance }) {
  const values = Form.useWatch([], { form, preserve: true }) as unknown;
  useEffect(() => {
    forgetPlacedErrors(form);
  }, [form, values]);
  return null;
}
