import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, ClipboardButton, Spinner, Text, useStyles2 } from '@grafana/ui';
import { useCallback, useEffect, useState } from 'react';
import type { Navigation } from '../host/host.ts';
import { t } from '../i18n/t.ts';
import { signIn, type SignIn } from './session.ts';

const PRODUCT = 'Pharos';
const MAKE_LINK = 'npm run pharos -- login-link';

/** Where to go after signing in: only within Pharos. */
export function targetOf(search: string): string {
  const to = new URLSearchParams(search).get('to') ?? '/';
  return /^\/(?![/\\])/.test(to) ? to : '/';
}

/** Takes the token out of the address, so that it is in no history and no screenshot. */
function takeToken(navigation: Navigation): string {
  const token = decodeURIComponent(window.location.hash.slice(1));
  if (token !== '') {
    const { path, search } = navigation.current();
    navigation.go(path + search, { replace: true });
  }
  return token;
}

type State = { readonly kind: 'no link' } | { readonly kind: 'signing in' } | Exclude<SignIn, { kind: 'done' }>;

/** Signs in by the link's token; without one, says how to get a link. */
export function Login({ navigation }: { navigation: Navigation }) {
  const styles = useStyles2(getStyles);
  const [token] = useState(() => takeToken(navigation));
  const [state, setState] = useState<State>(token === '' ? { kind: 'no link' } : { kind: 'signing in' });

  const settle = useCallback(
    (result: SignIn) => {
      if (result.kind === 'done') {
        navigation.go(targetOf(navigation.current().search), { replace: true });
      } else {
        setState(result);
      }
    },
    [navigation]
  );

  useEffect(() => {
    document.title = t('console.login.sign-in-pharos', 'Sign in - Pharos');
    if (token !== '') {
      void signIn(token).then(settle);
    }
  }, [token, settle]);

  return (
    <main className={styles.page}>
      <div className={styles.box}>
        <img src="/public/logo.svg" alt="" width={48} height={48} />
        <Text element="h1" variant="h3">
          {PRODUCT}
        </Text>
        <LoginState
          state={state}
          onRetry={() => {
            setState({ kind: 'signing in' });
            void signIn(token).then(settle);
          }}
        />
      </div>
    </main>
  );
}

function LoginState({ state, onRetry }: { state: State; onRetry: () => void }) {
  const styles = useStyles2(getStyles);
  switch (state.kind) {
    case 'signing in':
      return (
        <div role="status" className={styles.line}>
          <Spinner inline /> {t('console.login.signing-in', 'Signing in')}
        </div>
      );
    case 'no link':
      return (
        <>
          <p>
            {t('console.login.sign-in-with-a-login', 'Sign in with a login link. It works once, within ten minutes.')}
          </p>
          <MakeLink />
        </>
      );
    case 'refused':
      return (
        <>
          <Alert severity="warning" title={t('console.login.this-link-does-not-work', 'This link no longer works')}>
            {t('console.login.it-was-used-already-or', 'It has already been used, or is older than ten minutes.')}
          </Alert>
          <MakeLink />
        </>
      );
    case 'failed':
      return (
        <>
          <Alert severity="error" title={t('console.login.signing-in-did-not-work', 'Signing in did not work')}>
            {t('console.login.the-link-is-not-spent', '{{why}} The link was not used up.', { why: state.why })}
          </Alert>
          <Button icon="sync" onClick={onRetry}>
            {t('console.login.try-again', 'Try again')}
          </Button>
        </>
      );
  }
}

function MakeLink() {
  const styles = useStyles2(getStyles);
  return (
    <>
      <p>{t('console.login.make-one-where-the-engine', 'Create one on the machine where the engine runs:')}</p>
      <div className={styles.line}>
        <code>{MAKE_LINK}</code>
        <ClipboardButton icon="copy" variant="secondary" size="sm" getText={() => MAKE_LINK}>
          {t('console.login.copy', 'Copy')}
        </ClipboardButton>
      </div>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ minHeight: '100dvh', display: 'grid', placeItems: 'center', padding: theme.spacing(2) }),
  box: css({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: theme.spacing(2),
    width: 'min(440px, 100%)',
    padding: theme.spacing(4, 3),
    textAlign: 'center',
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    '& p': { margin: 0 },
  }),
  line: css({ display: 'flex', gap: theme.spacing(1), alignItems: 'center' }),
});
