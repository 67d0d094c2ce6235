import { theme as antd, type ThemeConfig } from 'antd';
import type { Theme } from '@/shared/theme';

/** The page's own, which depends on its language. */
const fontFamily = 'var(--sans)';

// What opens is at its place at once: a click on what still grows can miss, and what closes by moving keeps Escape from what was opened out of it.
const common = { fontFamily, borderRadius: 6, controlHeight: 36, fontSize: 14, motion: false };
const buttons = { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' };

/** Every pair of text and ground meets a contrast of 4.5 : 1; antd's own defaults do not. */
export const themes: Record<Theme, ThemeConfig> = {
  light: {
    hashed: false,
    token: {
      ...common,
      colorPrimary: '#1b5583',
      colorPrimaryHover: '#14436a',
      colorPrimaryActive: '#0f3353',
      colorLink: '#1b5583',
      colorLinkHover: '#0f3353',
      colorLinkActive: '#0f3353',
      colorError: '#b3261e',
      colorErrorHover: '#951f18',
      colorErrorActive: '#7a1813',
      colorSuccess: '#1f6f4a',
      colorWarning: '#8a5a00',
      colorText: '#1a2430',
      colorTextSecondary: '#434f5d',
      colorTextTertiary: '#586472',
      colorTextQuaternary: '#626e7b',
      colorTextPlaceholder: '#626e7b',
      colorTextDescription: '#586472',
      colorTextDisabled: '#626e7b',
      colorBorder: '#bfc9d3',
      colorBorderSecondary: '#e1e6eb',
      colorBgLayout: '#f3f5f8',
    },
    components: {
      Button: buttons,
      Form: { labelColor: '#1a2430', verticalLabelPadding: '0 0 4px', itemMarginBottom: 18 },
      Modal: { titleFontSize: 17 },
      Segmented: { trackBg: '#e1e7ed' },
    },
  },
  dark: {
    hashed: false,
    algorithm: antd.darkAlgorithm,
    token: {
      ...common,
      colorPrimary: '#2a73b0',
      colorPrimaryHover: '#3179b5',
      colorPrimaryActive: '#215d91',
      colorPrimaryText: '#7fbaeb',
      colorPrimaryBorder: '#2f6ea3',
      colorPrimaryBg: '#16304a',
      colorPrimaryBgHover: '#1b3a59',
      colorLink: '#7fbaeb',
      colorLinkHover: '#a6d0f3',
      colorLinkActive: '#a6d0f3',
      colorError: '#ff9d92',
      colorErrorHover: '#ffb5ac',
      colorErrorActive: '#ffb5ac',
      colorErrorText: '#ff9d92',
      colorErrorBg: '#3c1b1a',
      colorSuccess: '#7dd3a3',
      colorWarning: '#f0c361',
      colorText: '#e7edf3',
      colorTextSecondary: '#c2ccd7',
      colorTextTertiary: '#9cabba',
      colorTextQuaternary: '#9cabba',
      colorTextPlaceholder: '#93a2b2',
      colorTextDescription: '#9cabba',
      colorTextDisabled: '#93a2b2',
      colorBorder: '#4a5a6c',
      colorBorderSecondary: '#2a3644',
      colorBgLayout: '#0e141b',
      colorBgContainer: '#161e28',
      colorBgElevated: '#1c2632',
    },
    components: {
      Button: { ...buttons, dangerColor: '#2a0d0b', defaultHoverColor: '#7fbaeb', defaultActiveColor: '#7fbaeb' },
      Form: { labelColor: '#e7edf3', verticalLabelPadding: '0 0 4px', itemMarginBottom: 18 },
      Modal: { titleFontSize: 17 },
      Segmented: { trackBg: '#0f161e', itemSelectedBg: '#2b3a4a', itemSelectedColor: '#ffffff' },
      Select: { optionSelectedBg: '#1d3b58', optionSelectedColor: '#e7edf3' },
    },
  },
};
