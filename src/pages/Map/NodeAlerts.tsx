import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { listAlerts } from '../../api/alerts.ts';
import type { OutputOf } from '../../api/operation.ts';
import type { getServiceMap, MapNodeView } from '../../api/serviceMap.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { useOperation } from '../../host/useOperation.ts';
import { t } from '../../i18n/t.ts';
import { useDisplay } from '../../ui/display.ts';
import { formatClock } from '../../ui/formatTime.ts';
import { LoadState } from '../../ui/LoadState.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { SEVERITY_LOOK } from '../../ui/tone.ts';
import { useNow } from '../../ui/useNow.ts';

const SHOWN = 5;

export interface NodeAlertsProps {
  readonly node: MapNodeView;
  readonly alertsOf: OutputOf<typeof getServiceMap>['alertsOf'];
}

/** The open alerts of a service; on a map of the past, those that were open then. */
export function NodeAlerts({ node, alertsOf }: NodeAlertsProps) {
  return alertsOf === 'now' ? <OpenNow name={node.name} /> : <OpenThen node={node} known={alertsOf === 'then'} />;
}

function OpenNow({ name }: { readonly name: string }) {
  const styles = useStyles2(getStyles);
  const query = useOperation(listAlerts, { service: [name], limit: SHOWN });
  const { data } = query;
  return (
    <Section title={t('map.node-alerts.open-alerts', 'Open alerts')}>
      <LoadState what={t('map.node-alerts.the-alerts', 'The alerts')} query={query} height={24} rows={1} />
      {data !== undefined && data.items.length === 0 && (
        <span className={styles.quiet}>{t('map.node-alerts.none', 'None is open.')}</span>
      )}
      {data !== undefined && <AlertLines alerts={data.items} />}
    </Section>
  );
}

function OpenThen({ node, known }: { readonly node: MapNodeView; readonly known: boolean }) {
  const styles = useStyles2(getStyles);
  const { openThen, alerts } = node;
  const more = Object.values(alerts).reduce((sum, count) => sum + count, 0) - openThen.length;
  return (
    <Section title={t('map.node-alerts.open-then', 'Alerts open then')}>
      {openThen.length === 0 && (
        <span className={styles.quiet}>
          {known
            ? t('map.node-alerts.none-then', 'None was open.')
            : t('map.node-alerts.unknown', 'Which alerts were open is not known.')}
        </span>
      )}
      <AlertLines alerts={openThen} isPast />
      {more > 0 && (
        <span className={styles.quiet}>
          {t('map.node-alerts.more', '', {
            count: more,
            defaultValue_one: 'and {{count}} more',
            defaultValue_other: 'and {{count}} more',
          })}
        </span>
      )}
    </Section>
  );
}

interface AlertLinesProps {
  readonly alerts: ReadonlyArray<Pick<MapNodeView['openThen'][number], 'id' | 'severity' | 'summary' | 'startsAt'>>;
  /** How long they have been open by now says nothing: when they began does. */
  readonly isPast?: boolean;
}

function AlertLines({ alerts, isPast = false }: AlertLinesProps) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const now = useNow((ms) => Math.floor(ms / 60_000) * 60_000);
  return alerts.length === 0 ? null : (
    <ul className={styles.list}>
      {alerts.map(({ id, severity, summary, startsAt }) => (
        <li key={id} className={styles.line}>
          <StateTag look={SEVERITY_LOOK[severity]} />
          <AppLink to={`/alerts/${encodeURIComponent(id)}`} className={styles.text}>
            {summary}
          </AppLink>
          <span className={styles.quiet}>
            {isPast ? (
              t('map.node-alerts.since', 'since {{time}}', { time: formatClock(startsAt, now, timeZone) })
            ) : (
              <RelativeTime at={startsAt} form="span" />
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(0.75) }),
  line: css({ display: 'flex', gap: theme.spacing(1), alignItems: 'baseline' }),
  text: css({ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }),
  quiet: css({ color: theme.colors.text.secondary }),
});
