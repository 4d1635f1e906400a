import { useDeferredValue, useMemo } from 'react';
import { slackOf } from '../../../core/traces/slack.ts';
import type { Trace } from '../../../core/traces/trace.ts';
import { whatIf, type WhatIf, type WhatIfTarget } from '../../../core/traces/whatIf.ts';
import { readForm, type WhatIfForm } from './whatIfForm.ts';

interface WhatIfAnswer {
  /** Undefined where the form cannot be read. */
  readonly outcome: WhatIf | undefined;
  readonly problem: string | undefined;
  /** What would be saved if it took no time, in nanoseconds. */
  readonly dragNs: number;
}

/** A trace with one change. A large trace takes a moment: meanwhile the last answer stands. */
export function useWhatIf(trace: Trace, target: WhatIfTarget, form: WhatIfForm): WhatIfAnswer {
  const asked = useDeferredValue(form);
  const read = useMemo(() => readForm(asked), [asked]);
  const outcome = useMemo(
    () => ('duration' in read ? whatIf(trace, { ...target, ...read.duration }) : undefined),
    [trace, target, read]
  );
  const dragNs = useMemo(() => {
    const { beforeNs, durationNs } = whatIf(trace, { ...target, toNs: 0 });
    return beforeNs - durationNs;
  }, [trace, target]);
  const now = readForm(form);
  return { outcome, problem: 'problem' in now ? now.problem : undefined, dragNs };
}

/** Slack of one span; undefined where none is asked for. */
export function useSlack(trace: Trace, span: number | null): number | null | undefined {
  const isAsked = span !== null;
  const slack = useMemo(() => (isAsked ? slackOf(trace) : undefined), [trace, isAsked]);
  return span === null ? undefined : (slack?.[span] ?? null);
}
