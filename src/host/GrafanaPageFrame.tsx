import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';
import manifest from '../plugin.json';
import type { PageFrameProps } from './host.ts';

/** Pages with an entry of their own in Grafana's navigation; the default one is the app's entry itself. */
const IN_NAVIGATION = new Set(
  manifest.includes.filter((include) => include.type === 'page' && !include.defaultNav).map(({ name }) => name)
);

/**
 * Grafana names the pages of its navigation by itself, the page above one too: named again, they would stand twice in the breadcrumbs.
 */
export function GrafanaPageFrame({ title, heading, subtitle, actions, parent, children }: PageFrameProps) {
  const styles = useStyles2(getStyles);
  const isKnown = parent === undefined && IN_NAVIGATION.has(title);
  return (
    <PluginPage
      {...(isKnown ? {} : { pageNav: { text: title } })}
      subTitle={subtitle}
      actions={actions}
      {...(heading === undefined ? {} : { renderTitle: () => <>{heading}</> })}
    >
      <div className={styles.page}>{children}</div>
    </PluginPage>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
});
