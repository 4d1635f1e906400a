import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { AskedSet } from '../../api/traceComparison.ts';
import type { SetFigures } from '../../core/traces/compare/comparison.ts';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';
import { formatValue } from '../../core/signals/formatValue.ts';
import { AppLink } from '../../host/AppLink.tsx';
import { t } from '../../i18n/t.ts';
import { useDisplay } from '../../ui/display.ts';
import { formatWindow } from '../../ui/formatTime.ts';
import { useNow } from '../../ui/useNow.ts';

export interface SideSummaryProps {
  readonly side: 'A' | 'B';
  readonly name: string;
  readonly asked: AskedSet;
  readonly figures: SetFigures;
}

/** What a side is, and its figures as a whole. */
export function SideSummary({ side, name, asked, figures }: SideSummaryProps) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const now = useNow((ms) => Math.floor(ms / 60_000) * 60_000);
  const { traces, spans, meanNs, medianNs, p95Ns, failed, example } = figures;
  const facts: ReadonlyArray<readonly [name: string, value: string]> = [
    [
      t('compare.side-summary.traces', 'Traces'),
      t('compare.side-summary.traces-spans', '{{traces}} ({{spans}} spans)', {
        traces,
        spans: formatValue(spans, 'count'),
      }),
    ],
    [t('compare.side-summary.mean', 'Mean'), formatNanoseconds(meanNs)],
    [t('compare.side-summary.median', 'Median'), formatNanoseconds(medianNs)],
    [t('compare.side-summary.p95', 'p95'), formatNanoseconds(p95Ns)],
    [t('compare.side-summary.failed', 'Failed'), `${formatValue(failed / Math.max(1, traces), 'ratio')} (${failed})`],
  ];
  return (
    <section className={styles.box} aria-label={t('compare.side-summary.side', 'Side {{side}}', { side })}>
      <h2 className={styles.title}>
        <span className={styles.letter}>{side}</span> {name}
      </h2>
      {asked.query !== null && asked.window !== null && (
        <p className={styles.query}>
          <code>{asked.query}</code> {formatWindow(asked.window, now, timeZone)}
        </p>
      )}
      {traces > 0 && (
        <dl className={styles.facts}>
          {facts.map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {example !== null && (
        <AppLink to={`/traces/${example}`} className={styles.link}>
          {t('compare.side-summary.open', 'Open a typical trace of {{side}}', { side })}
        </AppLink>
      )}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(1.5, 2),
    minWidth: 0,
  }),
  title: css({ margin: 0, fontSize: theme.typography.h6.fontSize, overflowWrap: 'anywhere' }),
  letter: css({
    display: 'inline-block',
    minWidth: '1.6em',
    marginRight: theme.spacing(0.5),
    textAlign: 'center',
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
  }),
  query: css({
    margin: theme.spacing(0.5, 0, 0),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
    // Both hosts keep code on one line.
    '& code': { whiteSpace: 'normal' },
  }),
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 3),
    margin: theme.spacing(1, 0),
    '& dt': {
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      fontWeight: theme.typography.fontWeightRegular,
    },
    '& dd': { margin: 0, fontVariantNumeric: 'tabular-nums' },
  }),
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
});
