import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { NoticeSettings } from '@/api/types';
import { renderPage } from '@/test/renderPage';
import { API, meOf, problem, server } from '@/test/server';
import { MailSettings } from './MailSettings';

let settings: NoticeSettings;
let sent: { body: unknown; ifMatch: string | null }[];

beforeEach(() => {
  settings = {
    address: null,
    accountAddress: 'nanhu@example.cn',
    language: 'zh-CN',
    muted: ['queue-moved'],
    digestHour: null,
    quietFrom: null,
    quietTo: null,
    mailEnabled: true,
    kinds: ['claim-expiring', 'queue-moved'],
    version: 4,
  };
  sent = [];
  server.use(
    http.get(`${API}/me/notice-settings`, () =>
      HttpResponse.json(settings, { headers: { ETag: `"${settings.version}-x"` } }),
    ),
    http.put(`${API}/me/notice-settings`, async ({ request }) => {
      const ifMatch = request.headers.get('If-Match');
      sent.push({ body: await request.json(), ifMatch });
      if (ifMatch !== `"${settings.version}-x"`) return problem('precondition-failed', 412);
      settings = { ...settings, version: settings.version + 1 };
      return HttpResponse.json(settings);
    }),
  );
});

describe('notices by e-mail', () => {
  it('are sent as chosen', async () => {
    const { user } = await renderPage(meOf('officer', []), '/', '/', <MailSettings />);
    expect(await screen.findByText('不填则发到账号邮箱 nanhu@example.cn')).toBeInTheDocument();
    expect(screen.getByLabelText('排队前移')).not.toBeChecked();
    await user.type(screen.getByLabelText('接收邮箱'), 'wang@example.cn');
    await user.click(screen.getByLabelText('排队前移'));
    await user.click(screen.getByLabelText('首报将到期'));
    await user.click(screen.getByLabelText('每天汇总一次'));
    await user.click(screen.getByLabelText('免打扰时段'));
    await user.click(screen.getByRole('button', { name: '保存通知方式' }));
    expect(await screen.findByText('通知方式已保存')).toBeInTheDocument();
    expect(sent).toEqual([
      {
        ifMatch: '"4-x"',
        body: {
          address: 'wang@example.cn',
          language: 'zh-CN',
          muted: ['claim-expiring'],
          digestHour: 8,
          quietFrom: '21:00',
          quietTo: '07:30',
        },
      },
    ]);
  });

  it('are read again when they were changed elsewhere', async () => {
    const { user } = await renderPage(meOf('officer', []), '/', '/', <MailSettings />);
    await screen.findByLabelText('接收邮箱');
    settings = { ...settings, version: 9, address: 'elsewhere@example.cn' };
    await user.click(screen.getByRole('button', { name: '保存通知方式' }));
    expect(await screen.findByText(/设置已在别处修改/)).toBeInTheDocument();
    await waitFor(() => expect(screen.getByLabelText('接收邮箱')).toHaveValue('elsewhere@example.cn'));
  });

  it('say when no mail is sent at all', async () => {
    settings = { ...settings, mailEnabled: false, accountAddress: null };
    await renderPage(meOf('officer', []), '/', '/', <MailSettings />);
    expect(await screen.findByText(/未配置邮件服务器/)).toBeInTheDocument();
    expect(screen.getByText('账号没有邮箱，不填则不发邮件')).toBeInTheDocument();
  });
});
