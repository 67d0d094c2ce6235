import { screen, waitFor } from '@testing-library/react';
import { Form } from 'antd';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { API, server } from '@/test/server';
import { renderPage } from '@/test/renderPage';
import type { Me } from '@/api/types';
import { FileInput } from './FileInput';
import { FormDialog } from './FormDialog';

const officer = {
  user: { id: 'u-1', username: 'nanhu', displayName: '南湖专员' },
  role: 'officer',
} as unknown as Me;

function Dialog() {
  const [form] = Form.useForm<{ files: unknown }>();
  return (
    <FormDialog form={form} title="填报" busy={false} onClose={() => undefined}>
      <Form form={form}>
        <Form.Item name="files">
          <FileInput label="凭证" />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

it('sends no form while a file is on its way: it would not name it', async () => {
  let arrive: () => void = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  server.use(
    http.post(`${API}/files`, async () => {
      await arrived;
      return HttpResponse.json({ id: 'f-1', name: '进账单.pdf' }, { status: 201 });
    }),
  );
  const { user } = await renderPage(officer, '/', '/', <Dialog />);
  const send = screen.getByRole('button', { name: /填\s?报/ });
  expect(send).toBeEnabled();
  await user.upload(screen.getByLabelText('凭证'), new File(['%PDF-1.4'], '进账单.pdf', { type: 'application/pdf' }));
  expect(send).toBeDisabled();
  arrive();
  await waitFor(() => expect(send).toBeEnabled());
  expect(screen.getByText('进账单.pdf')).toBeInTheDocument();
});
