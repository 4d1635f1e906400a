import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, ClipboardButton, useStyles2 } from '@grafana/ui';
import { useMemo, type ReactNode } from 'react';
import { asyncReason } from '../../../core/traces/blocking.ts';
import { coarseOverhangs, whyNotAwaited } from '../../../core/traces/coarseClocks.ts';
import { cell } from '../../../core/traces/column.ts';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import { isOnPath, type PathIndex } from '../../../core/traces/rows/pathIndex.ts';
import { durationOf, kindOf, operationOf, serviceOf, statusOf } from '../../../core/traces/spanFields.ts';
import type { Trace } from '../../../core/traces/trace.ts';
import { t } from '../../../i18n/t.ts';
import { look } from '../../../ui/tone.ts';
import { useDisplay } from '../../display.ts';
import { formatAbsolute, formatInstant } from '../../formatTime.ts';
import { StateTag } from '../../StateTag.tsx';

export interface SpanFactsProps {
  readonly trace: Trace;
  readonly path: PathIndex;
  readonly span: number;
  readonly selfNs: number | undefined;
  readonly onSelect: (span: number) => void;
}

const FAILED = look('error', 'exclamation-circle', () => t('ui.span-facts.error', 'Error'));
const PASSED = look('ok', 'check-circle', () => t('ui.span-facts.ok', 'Ok'));

/** When, how long, which part of it mattered, and why if none did. */
export function SpanFacts({ trace, path, span, selfNs, onSelect }: SpanFactsProps) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const byClock = useMemo(() => coarseOverhangs(trace).byNs, [trace]);
  const startNs = cell(trace.startNs, span);
  const at = Number((trace.epochNs + BigInt(Math.round(startNs))) / 1_000_000n);
  const spanId = trace.spanIds[span] ?? '';
  return (
    <dl className={styles.facts}>
      <Fact name={t('ui.span-facts.status', 'Status')}>
        <Status trace={trace} span={span} />
      </Fact>
      <Fact name={t('ui.span-facts.kind', 'Kind')}>
        {kindOf(trace, span) === 'unspecified' ? t('ui.span-facts.not-said', 'unspecified') : kindOf(trace, span)}
      </Fact>
      <Fact name={t('ui.span-facts.duration', 'Duration')}>{formatNanoseconds(durationOf(trace, span))}</Fact>
      {selfNs !== undefined && (
        <Fact name={t('ui.span-facts.self-time', 'Self time')}>{formatNanoseconds(selfNs)}</Fact>
      )}
      <Fact name={t('ui.span-facts.critical-path', 'Critical path')}>
        {criticalWords({ trace, path, span, byClockNs: cell(byClock, span) })}
      </Fact>
      <Fact name={t('ui.span-facts.start', 'Start')}>
        <span title={formatAbsolute(at, timeZone)}>
          {t('ui.span-facts.started', '{{time}}, {{after}} after the trace began', {
            time: formatInstant(at, timeZone),
            after: formatNanoseconds(startNs),
          })}
        </span>
      </Fact>
      <Fact name={t('ui.span-facts.parent', 'Parent')}>
        <Parent trace={trace} span={span} onSelect={onSelect} />
      </Fact>
      <Fact name={t('ui.span-facts.span-id', 'Span id')}>
        <span className={styles.id}>{spanId}</span>
        <ClipboardButton
          icon="copy"
          variant="secondary"
          fill="text"
          size="sm"
          aria-label={t('ui.span-facts.copy-id', 'Copy the span id')}
          getText={() => spanId}
        />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Status({ trace, span }: { trace: Trace; span: number }) {
  const status = statusOf(trace, span);
  const message = trace.statusMessages.get(span) ?? '';
  return (
    <>
      {status === 'error' && <StateTag look={FAILED} />}
      {status === 'ok' && <StateTag look={PASSED} />}
      {status === 'unset' && t('ui.span-facts.not-set', 'not set')}
      {message !== '' && ` ${message}`}
    </>
  );
}

function Parent({ trace, span, onSelect }: Pick<SpanFactsProps, 'trace' | 'span' | 'onSelect'>) {
  const parent = cell(trace.parent, span);
  const missing = trace.missingParents.get(span);
  if (missing !== undefined) {
    return (
      <>
        {t(
          'ui.span-facts.missing',
          'Span {{id}}, which is not in the trace: not recorded, not sampled, or not arrived',
          { id: missing }
        )}
      </>
    );
  }
  if (parent === -1) {
    return <>{t('ui.span-facts.root', 'none, it is a root')}</>;
  }
  return (
    <Button variant="secondary" fill="text" size="sm" onClick={() => onSelect(parent)}>
      {serviceOf(trace, parent)}: {operationOf(trace, parent)}
    </Button>
  );
}

interface OfPath extends Pick<SpanFactsProps, 'trace' | 'path' | 'span'> {
  /** As in `CoarseOverhangs`. */
  readonly byClockNs: number;
}

function criticalWords({ trace, path, span, byClockNs }: OfPath): string {
  const reason = asyncReason(trace, span);
  if (reason !== null) {
    return t('ui.span-facts.not-on-it', 'Not on it: {{reason}}.', { reason: whyNotAwaited(reason, byClockNs) });
  }
  const own = cell(path.ownNs, span);
  if (own > 0) {
    return t('ui.span-facts.own', "{{time}} of it is this span's own.", { time: formatNanoseconds(own) });
  }
  return isOnPath(path, span)
    ? t('ui.span-facts.below', 'Only through spans below it.')
    : t('ui.span-facts.something-else', 'Not on it: something else was waited for.');
}

const getStyles = (theme: GrafanaTheme2) => ({
  facts: css({
    margin: 0,
    display: 'grid',
    gap: theme.spacing(0.25),
    fontSize: theme.typography.bodySmall.fontSize,
    '& > div': { display: 'grid', gridTemplateColumns: '96px minmax(0, 1fr)', alignItems: 'center', minHeight: 24 },
    '& dt': { color: theme.colors.text.secondary },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  }),
  id: css({ fontFamily: theme.typography.fontFamilyMonospace }),
});
