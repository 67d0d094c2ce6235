import type { ThemeConfig } from 'antd';

export const fontFamily =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'Hiragino Sans GB', sans-serif";

/** Every pair of text and ground meets a contrast of 4.5 : 1; antd's own defaults do not. */
export const theme: ThemeConfig = {
  hashed: false,
  token: {
    fontFamily,
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
    colorText: '#1d2733',
    colorTextSecondary: '#45515f',
    colorTextTertiary: '#5a6673',
    colorTextQuaternary: '#66727f',
    colorTextPlaceholder: '#66727f',
    colorTextDescription: '#5a6673',
    colorTextDisabled: '#66727f',
    colorBorder: '#c3ccd5',
    colorBorderSecondary: '#e3e8ed',
    colorBgLayout: '#f5f7f9',
    borderRadius: 6,
    controlHeight: 36,
    fontSize: 14,
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Form: { labelColor: '#1d2733', verticalLabelPadding: '0 0 4px', itemMarginBottom: 18 },
    Modal: { titleFontSize: 17 },
    Segmented: { trackBg: '#e2e8ee' },
  },
};
