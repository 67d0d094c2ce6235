import 'antd/dist/reset.css';
import './styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { mayResume, resume } from '@/api/session';
import { startTranslation } from '@/shared/i18n';
import { startTheme } from '@/shared/theme';
import { startCutTitles } from './cutTitles';
import { Providers } from './providers';
import { signInAddress } from './signInAddress';
import { startWorker } from './worker';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');

// Who cannot be signed in is sent to sign in before any page is loaded for them.
const { pathname, search } = window.location;
if (!mayResume() && pathname !== '/sign-in' && pathname !== '/set-up')
  window.history.replaceState(null, '', signInAddress(pathname + search));

startTheme();
startCutTitles();
startWorker();
void resume();
void startTranslation().then(() => {
  createRoot(root).render(
    <StrictMode>
      <Providers />
    </StrictMode>,
  );
});
