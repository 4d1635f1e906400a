import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, useStyles2 } from '@grafana/ui';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import { written } from '../../../core/traces/spanText.ts';
import type { SpanEvent } from '../../../core/traces/trace.ts';
import { t } from '../../../i18n/t.ts';
import { look } from '../../../ui/tone.ts';
import { StateTag } from '../../StateTag.tsx';
import { AttributeList } from './AttributeList.tsx';

export interface SpanEventsProps {
  readonly events: readonly SpanEvent[];
  /** Of the span. */
  readonly start: number;
}

const EXCEPTION = look('error', 'exclamation-circle', () => t('ui.span-events.exception', 'Exception'));
const OF_EXCEPTION: ReadonlySet<string> = new Set(['exception.type', 'exception.message', 'exception.stacktrace']);

/** What happened within a span, with the stack of what was thrown. */
export function SpanEvents({ events, start }: SpanEventsProps) {
  const styles = useStyles2(getStyles);
  return (
    <ol className={styles.list} aria-label={t('ui.span-events.events', 'Events')}>
      {events.map((event, index) => (
        <li key={index} className={styles.item}>
          <div className={styles.head}>
            {event.name === 'exception' ? <StateTag look={EXCEPTION} /> : <span>{event.name}</span>}
            <span className={styles.quiet}>
              {t('ui.span-events.after', 'after {{time}}', { time: formatNanoseconds(event.atNs - start) })}
            </span>
          </div>
          <Exception event={event} />
          <AttributeList
            label={t('ui.span-events.attributes-of', 'Attributes of {{name}}', { name: event.name })}
            attributes={event.attributes.filter(([key]) => event.name !== 'exception' || !OF_EXCEPTION.has(key))}
          />
        </li>
      ))}
    </ol>
  );
}

function Exception({ event: { name, attributes } }: { event: SpanEvent }) {
  const styles = useStyles2(getStyles);
  if (name !== 'exception') {
    return null;
  }
  const [type, message, stack] = ['exception.type', 'exception.message', 'exception.stacktrace'].map((wanted) => {
    const value = attributes.find(([key]) => key === wanted)?.[1];
    return value === undefined ? '' : written(value);
  });
  return (
    <>
      <p className={styles.message}>{[type, message].filter((part) => part !== '').join(': ')}</p>
      {stack !== undefined && stack !== '' && (
        <>
          {/* Long lines scroll, also by keyboard. */}
          <pre className={styles.stack} tabIndex={0} aria-label={t('ui.span-events.stack-trace', 'Stack trace')}>
            {stack}
          </pre>
          <ClipboardButton icon="copy" variant="secondary" fill="text" size="sm" getText={() => stack}>
            {t('ui.span-events.copy', 'Copy the stack trace')}
          </ClipboardButton>
        </>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', display: 'grid', gap: theme.spacing(1) }),
  item: css({ display: 'grid', gap: theme.spacing(0.25), minWidth: 0 }),
  head: css({ display: 'flex', gap: theme.spacing(1), alignItems: 'baseline' }),
  quiet: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
  message: css({ margin: 0, overflowWrap: 'anywhere' }),
  stack: css({
    margin: 0,
    maxHeight: 260,
    overflow: 'auto',
    padding: theme.spacing(0.5, 1),
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});
