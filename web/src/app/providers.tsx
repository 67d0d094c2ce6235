import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { useLanguage, type Language } from '@/shared/i18n';
import { useTheme } from '@/shared/theme';
import { queryClient } from './queryClient';
import { createRouter } from './routes';
import { themes } from './theme';

const locales: Record<Language, Locale> = { 'zh-CN': zhCN, en: enUS };

/** Pop-ups open inside the page's main part, or the dialog they belong to, so that they are found where they are needed. */
function popupContainer(trigger?: HTMLElement): HTMLElement {
  return (
    trigger?.closest<HTMLElement>('.ant-modal-wrap, dialog') ??
    document.querySelector<HTMLElement>('main') ??
    document.body
  );
}

export function Providers() {
  const language = useLanguage();
  const theme = themes[useTheme()];
  const [router] = useState(createRouter);
  return (
    <ConfigProvider
      locale={locales[language]}
      theme={theme}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      getPopupContainer={popupContainer}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
