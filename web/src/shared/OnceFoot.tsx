import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { copyText } from './copyText';

/** The foot of a dialog that shows something this once: copied and closed by one click, or closed alone. */
export function OnceFoot({ value, finish, onClose }: { value: string; finish: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  async function copyAndClose() {
    if (!(await copyText(value))) {
      void message.error(t('once.failed'));
      return;
    }
    void message.success(t('once.copied'));
    onClose();
  }
  return (
    <>
      <Button onClick={onClose}>{finish}</Button>
      <Button type="primary" onClick={() => void copyAndClose()}>
        {t('once.copyAndClose')}
      </Button>
    </>
  );
}
