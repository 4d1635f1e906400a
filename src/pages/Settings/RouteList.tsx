import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Route } from '../../core/routing/route.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { matchersWords } from './routesEditor.ts';

/** Routes for reading. */
export function RouteList({ routes }: { routes: readonly Route[] }) {
  const styles = useStyles2(getStyles);
  if (routes.length === 0) {
    return (
      <p>
        {t('settings.route-list.there-are-no-routes-nobody', 'There are no routes: nobody is notified of any alert.')}
      </p>
    );
  }
  return (
    <ol className={styles.list} aria-label={t('settings.route-list.routes', 'Routes')}>
      {routes.map((route, index) => (
        <li key={index}>
          <Trans
            i18nKey="settings.route-list.goes-to"
            defaults="<code>{{matchers}}</code> goes to <b>{{receiver}}</b>"
            values={{ matchers: matchersWords(route.matchers), receiver: route.receiver }}
            components={{ code: <code />, b: <b /> }}
          />
          {route.continue && t('settings.route-list.and-on-to-the-routes', ', then continues with the routes below')}
        </li>
      ))}
    </ol>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ paddingLeft: theme.spacing(3), '& li': { padding: theme.spacing(0.5, 0), overflowWrap: 'anywhere' } }),
});
