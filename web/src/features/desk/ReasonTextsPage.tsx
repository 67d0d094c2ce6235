import { useTranslation } from 'react-i18next';
import { Page } from '@/shared/Page';
import { ReasonTexts } from './ReasonTexts';

/** The reason texts on a page of their own, for whoever keeps them and has no desk. */
export function ReasonTextsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('reasons.title')} lead={t('reasons.lead')}>
      <ReasonTexts />
    </Page>
  );
}
