import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, useStyles2 } from '@grafana/ui';
import type { CriticalPath } from '../../core/traces/criticalPath.ts';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';
import { durationOf } from '../../core/traces/spanFields.ts';
import type { Trace } from '../../core/traces/trace.ts';
import { t } from '../../i18n/t.ts';
import { useDisplay } from '../../ui/display.ts';
import { formatAbsolute, formatRelative } from '../../ui/formatTime.ts';
import { countedSpans } from '../../ui/traces/words.ts';
import { useNow } from '../../ui/useNow.ts';

/** How much there is of the trace, when it was, and how it is called. */
export function TraceFacts({ trace, path }: { trace: Trace; path: CriticalPath }) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const at = Number(trace.epochNs / 1_000_000n);
  const when = useNow((now) => formatRelative(at, now));
  const rootNs = path.root === -1 ? 0 : durationOf(trace, path.root);
  return (
    <span className={styles.facts}>
      <span>{countedSpans(trace.size)}</span>
      <span>
        {t('trace.trace-facts.services', '', {
          count: trace.services.length,
          number: trace.services.length.toLocaleString('en-US'),
          defaultValue_one: '{{number}} service',
          defaultValue_other: '{{number}} services',
        })}
      </span>
      <span>
        {formatAbsolute(at, timeZone)}, {when}
      </span>
      {rootNs !== trace.durationNs && (
        <span>
          {t('trace.trace-facts.from-first', '{{time}} from first to last', {
            time: formatNanoseconds(trace.durationNs),
          })}
        </span>
      )}
      <span className={styles.id}>
        {trace.traceId === '' ? t('trace.trace-facts.no-id', 'no trace id') : trace.traceId}
        <ClipboardButton
          icon="copy"
          variant="secondary"
          fill="text"
          size="sm"
          aria-label={t('trace.trace-facts.copy-id', 'Copy the trace id')}
          getText={() => trace.traceId}
        />
      </span>
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0, 2),
    alignItems: 'center',
    color: theme.colors.text.secondary,
  }),
  id: css({
    display: 'inline-flex',
    alignItems: 'center',
    minWidth: 0,
    overflowWrap: 'anywhere',
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});
