import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { CallFiguresView } from '../../api/serviceMap.ts';
import { t } from '../../i18n/t.ts';
import { Trans } from '../../i18n/Trans.ts';
import { Value } from '../../ui/Value.tsx';

export interface FigureListProps {
  readonly figures: CallFiguresView;
  /** Of the baseline. */
  readonly before: CallFiguresView | null;
}

/** Rate, errors and p95, beside those of the baseline where there is one. */
export function FigureList({ figures, before }: FigureListProps) {
  const styles = useStyles2(getStyles);
  const rows = [
    [t('map.figure-list.calls', 'Calls'), 'per_second', figures.rate, before?.rate],
    [t('map.figure-list.calls-counted', 'Calls counted'), 'count', figures.calls, before?.calls],
    [t('map.figure-list.errors', 'Errors'), 'ratio', figures.errorRatio, before?.errorRatio],
    [t('map.figure-list.p95-latency', 'p95 latency'), 'seconds', figures.p95, before?.p95],
  ] as const;
  return (
    <dl className={styles.list}>
      {rows.map(([what, unit, now, then]) => (
        <div key={what} className={styles.row}>
          <dt>{what}</dt>
          <dd>
            <Value value={now} unit={unit} />
            {before !== null && (
              <span className={styles.before}>
                {' '}
                <Trans
                  i18nKey="map.figure-list.was"
                  defaults="was <value/>"
                  components={{ value: <Value value={then ?? null} unit={unit} /> }}
                />
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ margin: 0, display: 'grid', gap: theme.spacing(0.5) }),
  row: css({
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
    '& dt': { fontWeight: 'normal', color: theme.colors.text.secondary },
    '& dd': { margin: 0 },
  }),
  before: css({ color: theme.colors.text.secondary }),
});
