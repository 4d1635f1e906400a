import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { operationOf, serviceOf } from '../../../core/traces/spanFields.ts';
import type { OperationTimes } from '../../../core/traces/operationTimes.ts';
import type { Trace } from '../../../core/traces/trace.ts';
import type { WhatIfTarget } from '../../../core/traces/whatIf.ts';
import { t } from '../../../i18n/t.ts';
import { Section } from '../../Section.tsx';
import { SpanName } from '../SpanName.tsx';
import { countedSpans } from '../words.ts';
import { useSlack, useWhatIf } from './useWhatIf.ts';
import { WhatIfFields } from './WhatIfFields.tsx';
import type { WhatIfForm } from './whatIfForm.ts';
import { describeDrag, describeSlack, describeWhatIf } from './whatIfWords.ts';

interface WhatIfPanelProps {
  readonly trace: Trace;
  readonly operation: OperationTimes;
  readonly selected: number | null;
}

type Scope = 'operation' | 'span';

const HALF: WhatIfForm = { kind: 'share', percent: 50, ms: '10' };

/** What the trace would take if an operation, or one span, took another time. */
export function WhatIfPanel({ trace, operation, selected }: WhatIfPanelProps) {
  const styles = useStyles2(getStyles);
  const [chosen, setScope] = useState<Scope>('operation');
  const span = chosen === 'span' ? selected : null;
  return (
    <Section title={t('ui.what-if-panel.what-if', 'What if')}>
      {selected !== null && (
        <div className={styles.scope}>
          <RadioButtonGroup
            aria-label={t('ui.what-if-panel.what-takes', 'What to change')}
            options={[
              {
                value: 'operation' as const,
                label: t('ui.what-if-panel.all-of', 'All of the operation ({{number}})', {
                  number: operation.count.toLocaleString('en-US'),
                }),
              },
              { value: 'span' as const, label: t('ui.what-if-panel.selected-span', 'The selected span') },
            ]}
            value={chosen}
            onChange={setScope}
          />
        </div>
      )}
      <Trial trace={trace} operation={operation} span={span} />
    </Section>
  );
}

interface TrialProps {
  readonly trace: Trace;
  readonly operation: OperationTimes;
  /** In place of all of the operation. */
  readonly span: number | null;
}

function Trial({ trace, operation, span }: TrialProps) {
  const styles = useStyles2(getStyles);
  const [form, setForm] = useState(HALF);
  const target = useMemo(() => targetOf(operation, span), [operation, span]);
  const { outcome, problem, dragNs } = useWhatIf(trace, target, form);
  const slackNs = useSlack(trace, span);
  const many = span === null && operation.count > 1;
  return (
    <>
      <p className={styles.what}>
        <SpanName
          service={span === null ? operation.service : serviceOf(trace, span)}
          operation={span === null ? operation.operation : operationOf(trace, span)}
        />
        {many ? t('ui.what-if-panel.each-of', ', each of {{spans}}', { spans: countedSpans(operation.count) }) : ''}
      </p>
      <WhatIfFields form={form} onChange={setForm} problem={problem} />
      <p className={styles.answer} role="status">
        {problem === undefined && outcome !== undefined ? describeWhatIf(outcome) : ''}
      </p>
      <ul className={styles.facts}>
        <li>{describeDrag(dragNs, many)}</li>
        {slackNs !== undefined && <li>{describeSlack(slackNs)}</li>}
        <li>
          {t(
            'ui.what-if-panel.reckoned',
            'Calculated from the recorded times: a child waits for the siblings that ended before it began, and what a parent does in between takes as long as before.'
          )}
        </li>
      </ul>
    </>
  );
}

const targetOf = ({ service, operation }: OperationTimes, span: number | null): WhatIfTarget =>
  span === null ? { operation: { service, operation } } : { spans: [span] };

const getStyles = (theme: GrafanaTheme2) => ({
  scope: css({ alignSelf: 'flex-start', maxWidth: '100%', overflowX: 'auto' }),
  what: css({ margin: 0 }),
  answer: css({
    margin: 0,
    minHeight: '1lh',
    fontSize: theme.typography.h5.fontSize,
    fontVariantNumeric: 'tabular-nums',
  }),
  facts: css({
    margin: 0,
    paddingLeft: theme.spacing(2.5),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});
