import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Text, useStyles2 } from '@grafana/ui';
import { useEffect } from 'react';
import { createClient, type Transport } from '../api/client.ts';
import { AppLink } from './AppLink.tsx';
import type { Host, PageFrameProps } from './host.ts';
import { browserAddressBar, createNavigation } from './navigation.ts';

/** Seconds of a Retry-After header; the form with a date is not used by the engine. */
function retryAfterOf(headers: Headers): number | undefined {
  const text = headers.get('retry-after') ?? '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

const addressOf = (path: string, query: Readonly<Record<string, string>>): string => {
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
};

/** Calls to the engine that served this page; the session is in a cookie that scripts cannot read. */
export function fetchTransport(onUnauthenticated: () => void): Transport {
  return async ({ method, path, query, body, signal, accept, unread }) => {
    const response = await fetch(addressOf(path, query), {
      method,
      credentials: 'same-origin',
      headers: { accept, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (response.status === 401) {
      onUnauthenticated();
    }
    return {
      status: response.status,
      body: await (unread && response.ok ? readUnread(response) : readBody(response)),
      retryAfter: retryAfterOf(response.headers),
    };
  };
}

const readUnread = async (response: Response) => new Uint8Array(await response.arrayBuffer());

function readBody(response: Response): Promise<unknown> {
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return isJson ? response.json() : response.text();
}

export const LOGIN_PATH = '/login';

/** The host of the standalone console: the browser's own history, same-origin calls, a session. */
export function createConsoleHost(): Host {
  const navigation = createNavigation(browserAddressBar());
  const toLogin = () => {
    const { path, search } = navigation.current();
    if (path !== LOGIN_PATH) {
      navigation.go(`${LOGIN_PATH}?${new URLSearchParams({ to: path + search }).toString()}`, { replace: true });
    }
  };
  return {
    kind: 'console',
    client: createClient(fetchTransport(toLogin)),
    engine: '',
    navigation,
    PageFrame: ConsolePageFrame,
    timeZone: 'browser',
    user: undefined,
    version: undefined,
    grafanaUrl: undefined,
    profilesUid: () => undefined,
    downloadUrl: addressOf,
  };
}

function ConsolePageFrame({ title, heading, subtitle, actions, parent, children }: PageFrameProps) {
  const styles = useStyles2(getStyles);
  useEffect(() => {
    document.title = `${title} - Pharos`;
  }, [title]);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <div className={styles.words}>
          {parent && (
            <AppLink to={parent.to} className={styles.parent}>
              {parent.title}
            </AppLink>
          )}
          {heading ?? (
            <Text element="h1" variant="h3">
              {title}
            </Text>
          )}
          {subtitle !== undefined && <div className={styles.subtitle}>{subtitle}</div>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({
    padding: theme.spacing(2, 3, 4),
    maxWidth: 1600,
    width: '100%',
    margin: '0 auto',
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    [theme.breakpoints.down('sm')]: { padding: theme.spacing(2, 1.5, 10) },
  }),
  header: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 2),
    alignItems: 'flex-start',
    justifyContent: 'space-between',
  }),
  words: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.5),
    minWidth: 0,
    flex: '1 1 320px',
    // A short title shares its line with the actions, a long one does not.
    [theme.breakpoints.down('sm')]: { flex: '1 1 auto', maxWidth: '100%' },
  }),
  subtitle: css({ color: theme.colors.text.primary, fontSize: theme.typography.body.fontSize }),
  parent: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    '&:hover': { textDecoration: 'underline' },
  }),
  actions: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'center' }),
});
