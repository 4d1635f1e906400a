import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Route } from '../../core/routing/route.ts';
import { matchersWords } from './routesEditor.ts';

/** Routes for reading. */
export function RouteList({ routes }: { routes: readonly Route[] }) {
  const styles = useStyles2(getStyles);
  if (routes.length === 0) {
    return <p>There are no routes: nobody is told of any alert.</p>;
  }
  return (
    <ol className={styles.list} aria-label="Routes">
      {routes.map((route, index) => (
        <li key={index}>
          <code>{matchersWords(route.matchers)}</code> goes to <b>{route.receiver}</b>
          {route.continue && ', and on to the routes below'}
        </li>
      ))}
    </ol>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ paddingLeft: theme.spacing(3), '& li': { padding: theme.spacing(0.5, 0), overflowWrap: 'anywhere' } }),
});
