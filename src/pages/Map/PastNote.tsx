import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { OutputOf } from '../../api/operation.ts';
import type { getServiceMap } from '../../api/serviceMap.ts';
import { t } from '../../i18n/t.ts';
import { useDisplay } from '../../ui/display.ts';
import { formatClock } from '../../ui/formatTime.ts';
import { useNow } from '../../ui/useNow.ts';

/** Of a map of the past: what its states come from, and what is not known of then. */
export function PastNote({ map: { at, alertsOf } }: { readonly map: OutputOf<typeof getServiceMap> }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const now = useNow((ms) => Math.floor(ms / 60_000) * 60_000);
  if (alertsOf === 'now') {
    return null;
  }
  const time = formatClock(at, now, timeZone);
  return (
    <p className={styles.note}>
      {alertsOf === 'then'
        ? t(
            'map.past-note.then',
            'As of {{time}}: states come from the alerts that were open then and from failed calls. Whether targets were down, data was missing or a neighbor failed is not recorded.',
            { time }
          )
        : t(
            'map.past-note.unknown',
            'As of {{time}}: states come from failed calls alone. Neither alerts nor health are known for that time.',
            { time }
          )}
    </p>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  note: css({ margin: 0, color: theme.colors.text.secondary }),
});
