import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { ProblemAlert } from '@/shared/ProblemAlert';

/** A page that could not be loaded or drawn; after an update of the system a reload cures the first. */
export function RouteFailure() {
  const { t } = useTranslation();
  const error = useRouteError();
  return (
    <main className="failure">
      <h1>{t('failure.title')}</h1>
      <ProblemAlert error={error} />
      <p>
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('failure.reload')}
        </Button>
      </p>
    </main>
  );
}
