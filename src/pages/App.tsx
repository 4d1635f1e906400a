import { ErrorBoundaryAlert, LinkButton } from '@grafana/ui';
import { Fragment, Suspense, useMemo, type ComponentType, type ReactNode } from 'react';
import type { Host } from '../host/host.ts';
import { HostProvider } from '../host/HostProvider.tsx';
import { useHost } from '../host/HostContext.ts';
import { useLocation } from '../host/useLocation.ts';
import { t } from '../i18n/t.ts';
import { DisplayContext } from '../ui/display.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { matchRoute } from './matchRoute.ts';
import { ROUTES } from './routes.ts';

export interface AppProps {
  readonly host: Host;
  /** What the host draws around every page, where it does not do so by itself. */
  readonly frame?: ComponentType<{ readonly children: ReactNode }>;
}

/** All of Pharos within a host. */
export function App({ host, frame: Frame = Fragment }: AppProps) {
  const display = useMemo(() => ({ timeZone: host.timeZone }), [host]);
  return (
    <HostProvider key={host.engine} host={host}>
      <DisplayContext.Provider value={display}>
        <Frame>
          <CurrentPage />
        </Frame>
      </DisplayContext.Provider>
    </HostProvider>
  );
}

function CurrentPage() {
  const { path } = useLocation();
  const match = matchRoute(ROUTES, path);
  if (match === undefined) {
    return <NoSuchPage path={path} />;
  }
  const Page = match.route.page;
  return (
    <ErrorBoundaryAlert
      title={t(
        'app.app.this-page-broke-nothing-was',
        'Something went wrong on this page. Nothing was lost; reload to continue.'
      )}
      style="page"
    >
      <Suspense fallback={<Skeleton label={t('app.app.loading-the-page', 'Loading the page')} height={120} rows={3} />}>
        <Page params={match.params} />
      </Suspense>
    </ErrorBoundaryAlert>
  );
}

function NoSuchPage({ path }: { path: string }) {
  const { PageFrame, navigation } = useHost();
  return (
    <PageFrame title={t('app.app.not-found', 'Not found')}>
      <EmptyState
        icon="compass"
        title={t('app.app.there-is-no-page-at', 'There is no page at {{path}}', { path })}
        action={
          <LinkButton href={navigation.href('/')}>{t('app.app.go-to-the-overview', 'Go to the overview')}</LinkButton>
        }
      >
        {t('app.app.the-address-may-be-mistyped', 'The address may be mistyped, or from another version.')}
      </EmptyState>
    </PageFrame>
  );
}
