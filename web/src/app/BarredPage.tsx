import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty, Page } from '@/shared/Page';

/** In place of a page that is not for the role of whoever opened its address. */
export function BarredPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('barred.title')}>
      <Empty title={t('barred.text')}>
        <Link to="/permissions">{t('barred.permissions')}</Link> · <Link to="/">{t('notFound.home')}</Link>
      </Empty>
    </Page>
  );
}
