import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, ClipboardButton, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { ASYNC_REASON_WORDS, asyncReason } from '../../../core/traces/blocking.ts';
import { cell } from '../../../core/traces/column.ts';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import { isOnPath, type PathIndex } from '../../../core/traces/rows/pathIndex.ts';
import { durationOf, kindOf, operationOf, serviceOf, statusOf } from '../../../core/traces/spanFields.ts';
import type { Trace } from '../../../core/traces/trace.ts';
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

const FAILED = { tone: 'error', icon: 'exclamation-circle', word: 'Error' } as const;
const PASSED = { tone: 'ok', icon: 'check-circle', word: 'Ok' } as const;

/** When, how long, which part of it mattered, and why if none did. */
export function SpanFacts({ trace, path, span, selfNs, onSelect }: SpanFactsProps) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const startNs = cell(trace.startNs, span);
  const at = Number((trace.epochNs + BigInt(Math.round(startNs))) / 1_000_000n);
  const spanId = trace.spanIds[span] ?? '';
  return (
    <dl className={styles.facts}>
      <Fact name="Status">
        <Status trace={trace} span={span} />
      </Fact>
      <Fact name="Kind">{kindOf(trace, span) === 'unspecified' ? 'not said' : kindOf(trace, span)}</Fact>
      <Fact name="Duration">{formatNanoseconds(durationOf(trace, span))}</Fact>
      {selfNs !== undefined && <Fact name="Self time">{formatNanoseconds(selfNs)}</Fact>}
      <Fact name="Critical path">{criticalWords(trace, path, span)}</Fact>
      <Fact name="Start">
        <span title={formatAbsolute(at, timeZone)}>
          {formatInstant(at, timeZone)}, {formatNanoseconds(startNs)} after the trace began
        </span>
      </Fact>
      <Fact name="Parent">
        <Parent trace={trace} span={span} onSelect={onSelect} />
      </Fact>
      <Fact name="Span id">
        <span className={styles.id}>{spanId}</span>
        <ClipboardButton
          icon="copy"
          variant="secondary"
          fill="text"
          size="sm"
          aria-label="Copy the span id"
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
      {status === 'unset' && 'not set'}
      {message !== '' && ` ${message}`}
    </>
  );
}

function Parent({ trace, span, onSelect }: Pick<SpanFactsProps, 'trace' | 'span' | 'onSelect'>) {
  const parent = cell(trace.parent, span);
  const missing = trace.missingParents.get(span);
  if (missing !== undefined) {
    return <>Span {missing}, which is not in the trace: not recorded, not sampled, or not arrived</>;
  }
  if (parent === -1) {
    return <>none, it is a root</>;
  }
  return (
    <Button variant="secondary" fill="text" size="sm" onClick={() => onSelect(parent)}>
      {serviceOf(trace, parent)}: {operationOf(trace, parent)}
    </Button>
  );
}

function criticalWords(trace: Trace, path: PathIndex, span: number): string {
  const reason = asyncReason(trace, span);
  if (reason !== null) {
    return `Not on it: ${ASYNC_REASON_WORDS[reason]}.`;
  }
  const own = cell(path.ownNs, span);
  if (own > 0) {
    return `${formatNanoseconds(own)} of it is this span's own.`;
  }
  return isOnPath(path, span) ? 'Only through spans below it.' : 'Not on it: something else was waited for.';
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
