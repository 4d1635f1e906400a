import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';
import manifest from '../plugin.json';
import type { PageFrameProps } from './host.ts';
import { useLocation } from './useLocation.ts';
import { VersionNotice } from './VersionNotice.tsx';

/** Addresses within the app of the pages with an entry of their own in Grafana's navigation, which calls them by their English name. */
const IN_NAVIGATION = new Map(
  manifest.includes.flatMap(({ type, defaultNav, path, name }) =>
    type === 'page' && !defaultNav ? [[path.replace('/a/%PLUGIN_ID%', ''), name] as const] : []
  )
);

/**
 * Grafana names the pages of its navigation by itself, the page above one too: named again, they would stand twice in the breadcrumbs.
 */
export function GrafanaPageFrame({ title, heading, subtitle, actions, parent, children }: PageFrameProps) {
  const styles = useStyles2(getStyles);
  const { path } = useLocation();
  const known = parent === undefined ? IN_NAVIGATION.get(path) : undefined;
  const shown = heading ?? (known === undefined || known === title ? undefined : <h1>{title}</h1>);
  return (
    <PluginPage
      {...(known === undefined ? { pageNav: { text: title } } : {})}
      subTitle={subtitle}
      actions={actions && <div className={styles.actions}>{actions}</div>}
      {...(shown === undefined ? {} : { renderTitle: () => <>{shown}</> })}
    >
      <div className={styles.page}>
        <VersionNotice />
        {children}
      </div>
    </PluginPage>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  // Grafana keeps them in one line, however narrow the screen is.
  actions: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    minWidth: 0,
    maxWidth: `calc(100vw - ${theme.spacing(4)})`,
  }),
});
