import { useTranslation } from 'react-i18next';
import { Modal } from '@/shared/Modal';

interface Props {
  pages: { key: string; title: string }[];
  onClose: () => void;
}

/** Every key that does something, and where. */
export function KeyList({ pages, onClose }: Props) {
  const { t } = useTranslation();
  const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  const everywhere: [string[], string][] = [
    [mac ? ['⌘', 'K'] : ['Ctrl', 'K'], t('palette.title')],
    [['/'], t('palette.title')],
    [['?'], t('shortcuts.title')],
    [['Esc'], t('shortcuts.close')],
  ];
  const desk: [string[], string][] = [
    [['j'], t('shortcuts.next')],
    [['k'], t('shortcuts.previous')],
    [['o'], t('shortcuts.open')],
    [['v'], t('shortcuts.verify')],
    [['r'], t('shortcuts.return')],
  ];
  return (
    <Modal className="key-list" label={t('shortcuts.title')} onClose={onClose}>
      <div className="modal-head">
        <h2>{t('shortcuts.title')}</h2>
        <button type="button" className="modal-close" onClick={onClose}>
          {t('common.close')}
        </button>
      </div>
      <div className="key-columns">
        <Keys title={t('shortcuts.everywhere')} rows={everywhere} />
        <Keys title={t('shortcuts.desk')} rows={desk} />
        <Keys title={t('shortcuts.pages')} rows={pages.map((page) => [['g', page.key], page.title])} />
      </div>
      <p className="hint">{t('shortcuts.hint')}</p>
    </Modal>
  );
}

function Keys({ title, rows }: { title: string; rows: [string[], string][] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className="keys">
        {rows.map(([keys, text]) => (
          <div key={keys.join()}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
