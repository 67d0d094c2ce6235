import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty, Page } from '@/shared/Page';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')}>
      <Empty title={t('notFound.text')}>
        <Link to="/">{t('notFound.home')}</Link>
      </Empty>
    </Page>
  );
}
