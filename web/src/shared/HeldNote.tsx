import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** A decision that is held back: for how long still, and the ways to drop it or to send it at once. */
export function HeldNote({ left, onNow, onDrop }: { left: number; onNow: () => void; onDrop: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="notice notice-warn held" role="status">
      <span>
        <strong className="num" aria-hidden>
          {t('held.left', { n: left })}
        </strong>{' '}
        {t('held.text')}
      </span>{' '}
      <Button size="small" onClick={onDrop} autoFocus>
        {t('held.drop')}
      </Button>{' '}
      <Button size="small" type="primary" onClick={onNow}>
        {t('held.now')}
      </Button>
    </div>
  );
}
