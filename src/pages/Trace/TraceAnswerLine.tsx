import type { CriticalPath } from '../../core/traces/criticalPath.ts';
import { describeTrace } from '../../core/traces/describeTrace.ts';
import type { Trace } from '../../core/traces/trace.ts';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { Answer } from '../../ui/Answer.tsx';
import { traceSentence } from './traceSentence.ts';

export interface TraceAnswerLineProps {
  readonly trace: Trace;
  readonly path: CriticalPath;
  readonly onSelect: (span: number) => void;
}

const FAILED = { tone: 'error', icon: 'exclamation-circle' } as const;
const PASSED = { tone: 'quiet', icon: 'clock-nine' } as const;

/** How long the trace took, where the time was, what failed. */
export function TraceAnswerLine({ trace, path, onSelect }: TraceAnswerLineProps) {
  const styles = useStyles2(getStyles);
  const answer = useMemo(() => describeTrace(trace, path), [trace, path]);
  return (
    <Answer look={answer.errors > 0 ? FAILED : PASSED}>
      {traceSentence(trace, answer).map(({ text, span }, index) =>
        span === undefined ? (
          text
        ) : (
          <button key={index} type="button" className={styles.link} onClick={() => onSelect(span)}>
            {text}
          </button>
        )
      )}
    </Answer>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  link: css({
    display: 'inline',
    padding: 0,
    border: 0,
    background: 'none',
    font: 'inherit',
    color: theme.colors.text.link,
    textAlign: 'left',
    overflowWrap: 'anywhere',
    textDecoration: 'underline',
    textUnderlineOffset: 3,
  }),
});
