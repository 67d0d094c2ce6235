import 'antd/dist/reset.css';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { resume } from '@/api/session';
import { startTranslation } from '@/shared/i18n';
import { Providers } from './providers';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');

void resume();
void startTranslation().then(() => {
  createRoot(root).render(
    <StrictMode>
      <Providers />
    </StrictMode>,
  );
});
