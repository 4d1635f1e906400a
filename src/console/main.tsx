import { LoadingPlaceholder } from '@grafana/ui';
import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { createConsoleHost, LOGIN_PATH } from '../host/console.tsx';
import { t } from '../i18n/t.ts';
import { ConsoleTheme } from './ConsoleTheme.tsx';
import { startLanguage } from './languages.ts';
import { Login } from './Login.tsx';
import { Shell } from './Shell.tsx';

const App = lazy(() => import('../pages/App.tsx').then((m) => ({ default: m.App })));

function Console() {
  const [host] = useState(createConsoleHost);
  const { navigation } = host;
  const { path } = useSyncExternalStore(navigation.subscribe, navigation.current);
  if (path === LOGIN_PATH) {
    return <Login navigation={navigation} />;
  }
  return (
    <Suspense fallback={<LoadingPlaceholder text={t('console.main.loading-pharos', 'Loading Pharos')} />}>
      <App host={host} frame={Shell} />
    </Suspense>
  );
}

const root = document.getElementById('pharos');
if (root === null) {
  throw new Error('console: expected an element with id "pharos" in index.html');
}
await startLanguage();
createRoot(root).render(
  <ConsoleTheme>
    <Console />
  </ConsoleTheme>
);
