import { useTranslation } from 'react-i18next';

export interface Changed {
  field: string;
  before: string;
  after: string;
}

/** What somebody else has changed while a form was open over it. */
export function ChangedMeanwhile({ changes }: { changes: Changed[] }) {
  const { t } = useTranslation();
  return (
    <div className="notice notice-warn" role="alert">
      <div>
        <strong>{t('stale.title')}</strong>
        <p>{t('stale.text')}</p>
        <dl className="changes">
          {changes.map(({ field, before, after }) => (
            <div key={field}>
              <dt>{field}</dt>
              <dd>
                <del>{before}</del> → <ins>{after}</ins>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}
