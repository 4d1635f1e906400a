import { css, cx } from '@emotion/css';
import type { GrafanaTheme2, IconName } from '@grafana/data';
import { Dropdown, Icon, Menu, ToolbarButton, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { AppLink } from '../host/AppLink.tsx';
import { LOGIN_PATH } from '../host/console.tsx';
import { useHost } from '../host/HostContext.ts';
import { useIdentity } from '../host/useIdentity.ts';
import { useLocation } from '../host/useLocation.ts';
import { t } from '../i18n/t.ts';
import { useThemeSwitch } from './ConsoleTheme.tsx';
import { keepLanguage, LANGUAGES } from './languages.ts';
import { signOut } from './session.ts';
import { THEME_CHOICES, type ThemeChoice } from './themePreference.ts';

const PRODUCT = 'Pharos';
const PAGES: ReadonlyArray<{ to: string; label: string; icon: IconName }> = [
  {
    to: '/',
    get label() {
      return t('console.shell.overview', 'Overview');
    },
    icon: 'tachometer-fast',
  },
  {
    to: '/alerts',
    get label() {
      return t('console.shell.alerts', 'Alerts');
    },
    icon: 'bell',
  },
  {
    to: '/traces',
    get label() {
      return t('console.shell.traces', 'Traces');
    },
    icon: 'gf-traces',
  },
  {
    to: '/map',
    get label() {
      return t('console.shell.map', 'Map');
    },
    icon: 'sitemap',
  },
  {
    to: '/thresholds',
    get label() {
      return t('console.shell.thresholds', 'Thresholds');
    },
    icon: 'sliders-v-alt',
  },
  {
    to: '/settings',
    get label() {
      return t('console.shell.settings', 'Settings');
    },
    icon: 'cog',
  },
];

const isUnder = (path: string, to: string): boolean =>
  to === '/' ? path === '/' || path === '/overview' : path === to || path.startsWith(`${to}/`);

/** Navigation around the pages: at the left of a desk's screen, at the bottom of a phone's. */
export function Shell({ children }: { children: ReactNode }) {
  const styles = useStyles2(getStyles);
  const { path } = useLocation();
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {t('console.shell.skip-to-content', 'Skip to content')}
      </a>
      <header className={styles.top}>
        <AppLink to="/" className={styles.brand}>
          <img src="/public/logo.svg" alt="" width={22} height={22} />
          {PRODUCT}
        </AppLink>
        <div className={styles.tools}>
          <LanguageMenu />
          <ThemeMenu />
          <UserMenu />
        </div>
      </header>
      <nav className={styles.nav} aria-label={t('console.shell.pages', 'Pages')}>
        {PAGES.map(({ to, label, icon }) => {
          const current = isUnder(path, to);
          return (
            <AppLink
              key={to}
              to={to}
              className={cx(styles.link, current && styles.current)}
              {...(current ? { 'aria-current': 'page' } : {})}
            >
              <Icon name={icon} size="lg" aria-hidden />
              {label}
            </AppLink>
          );
        })}
      </nav>
      <main id="content" className={styles.content} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

const THEME_LABEL: Readonly<Record<ThemeChoice, string>> = {
  get dark() {
    return t('console.shell.dark', 'Dark');
  },
  get light() {
    return t('console.shell.light', 'Light');
  },
  get system() {
    return t('console.shell.as-the-system', 'System preference');
  },
};

function ThemeMenu() {
  const { choice, choose } = useThemeSwitch();
  return (
    <Dropdown
      overlay={
        <Menu>
          {THEME_CHOICES.map((one) => (
            <Menu.Item
              key={one}
              label={THEME_LABEL[one]}
              active={one === choice}
              icon={one === choice ? 'check' : 'circle'}
              onClick={() => choose(one)}
            />
          ))}
        </Menu>
      }
    >
      <ToolbarButton
        icon="palette"
        tooltip={t('console.shell.theme', 'Theme')}
        aria-label={t('console.shell.theme', 'Theme')}
      />
    </Dropdown>
  );
}

function LanguageMenu() {
  const { lang } = document.documentElement;
  // No icon that Grafana ships stands for languages.
  const short = lang.slice(0, 2).toUpperCase();
  return (
    <Dropdown
      overlay={
        <Menu>
          {LANGUAGES.map(({ code, name }) => (
            <Menu.Item
              key={code}
              label={name}
              active={code === lang}
              icon={code === lang ? 'check' : 'circle'}
              onClick={() => speak(code)}
            />
          ))}
        </Menu>
      }
    >
      <ToolbarButton
        tooltip={t('console.shell.language', 'Language')}
        aria-label={t('console.shell.language-is', 'Language: {{language}}', { language: short })}
      >
        {short}
      </ToolbarButton>
    </Dropdown>
  );
}

/** What is on the page has its words already: it begins anew. */
function speak(code: string): void {
  keepLanguage(code);
  const address = new URL(window.location.href);
  address.searchParams.delete('lang');
  window.history.replaceState(null, '', address);
  window.location.reload();
}

function UserMenu() {
  const { navigation } = useHost();
  const identity = useIdentity();
  const leave = () =>
    void signOut().then(() => {
      navigation.go(LOGIN_PATH, { replace: true });
    });
  return (
    <Dropdown
      overlay={
        <Menu
          header={identity ? `${identity.name}, ${identity.role}` : t('console.shell.not-known-yet', 'Not known yet')}
        >
          <Menu.Item label={t('console.shell.sign-out', 'Sign out')} icon="signout" onClick={leave} />
        </Menu>
      }
    >
      <ToolbarButton
        icon="user"
        tooltip={identity?.name ?? t('console.shell.user', 'User')}
        aria-label={t('console.shell.user', 'User')}
      />
    </Dropdown>
  );
}

const TOP = 48;
const BOTTOM = 56;
const PHONE = '@media (max-width: 600px)';

const getStyles = (theme: GrafanaTheme2) => ({
  shell: css({
    display: 'grid',
    gridTemplate: `"top top" ${TOP}px "nav content" 1fr / 176px minmax(0, 1fr)`,
    height: '100dvh',
    background: theme.colors.background.canvas,
    color: theme.colors.text.primary,
    [PHONE]: {
      gridTemplate: `"top" ${TOP}px "content" 1fr "nav" ${BOTTOM}px / minmax(0, 1fr)`,
      '--pharos-bottom': `${BOTTOM}px`,
    },
  }),
  skip: css({
    position: 'absolute',
    left: -9999,
    '&:focus': { left: theme.spacing(1), top: theme.spacing(1), zIndex: theme.zIndex.portal },
  }),
  top: css({
    gridArea: 'top',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    padding: theme.spacing(0, 2),
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  brand: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    fontWeight: theme.typography.fontWeightMedium,
    fontSize: theme.typography.h5.fontSize,
  }),
  tools: css({ display: 'flex', gap: theme.spacing(0.5) }),
  nav: css({
    gridArea: 'nav',
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.25),
    padding: theme.spacing(1),
    background: theme.colors.background.primary,
    borderRight: `1px solid ${theme.colors.border.weak}`,
    [PHONE]: {
      flexDirection: 'row',
      justifyContent: 'space-around',
      padding: 0,
      borderRight: 0,
      borderTop: `1px solid ${theme.colors.border.weak}`,
      zIndex: theme.zIndex.navbarFixed,
    },
  }),
  link: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0.75, 1),
    borderRadius: theme.shape.radius.default,
    color: theme.colors.text.secondary,
    '&:hover': { color: theme.colors.text.primary, background: theme.colors.action.hover },
    [PHONE]: {
      flex: 1,
      flexDirection: 'column',
      justifyContent: 'center',
      gap: theme.spacing(0.25),
      fontSize: theme.typography.bodySmall.fontSize,
    },
  }),
  current: css({
    color: theme.colors.text.primary,
    background: theme.colors.action.selected,
    boxShadow: `inset 2px 0 0 ${theme.colors.warning.main}`,
    [PHONE]: { boxShadow: `inset 0 2px 0 ${theme.colors.warning.main}` },
  }),
  content: css({ gridArea: 'content', overflow: 'auto', '&:focus': { outline: 'none' } }),
});
