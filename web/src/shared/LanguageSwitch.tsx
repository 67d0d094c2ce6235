import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { switchLanguage, useLanguage } from './i18n';

/** Each language is named in itself. */
export function LanguageSwitch() {
  const language = useLanguage();
  const queries = useQueryClient();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <Button
      type="text"
      size="small"
      lang={other}
      className="language"
      onClick={() => void switchLanguage(other).then(() => queries.invalidateQueries())}
    >
      {other === 'en' ? 'English' : '中文'}
    </Button>
  );
}
