import { css, cx } from '@emotion/css';
import type { GrafanaTheme2, IconName } from '@grafana/data';
import { Button, Icon, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { cell } from '../../../core/traces/column.ts';
import type { ErrorStory } from '../../../core/traces/errorStory.ts';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import { operationOf, serviceOf } from '../../../core/traces/spanFields.ts';
import { hasFailed } from '../../../core/traces/spanText.ts';
import type { Trace } from '../../../core/traces/trace.ts';
import { t } from '../../../i18n/t.ts';
import { toneColor } from '../../tone.ts';
import { SpanName } from '../SpanName.tsx';
import { countedSpans } from '../words.ts';
import { foldSteps, ROLE_WORDS, storySteps, type StepRole, type StoryStep } from './storySteps.ts';

interface StoryChainProps {
  readonly trace: Trace;
  readonly story: ErrorStory;
  readonly selected: number | null;
  readonly onSelect: (span: number) => void;
}

const MOST_STEPS = 8;

const ROLE_ICONS: Readonly<Record<StepRole, IconName>> = {
  origin: 'bug',
  spread: 'arrow-up',
  visible: 'user',
  stopped: 'shield',
  ahead: 'clock-nine',
  again: 'times-circle',
};

/** The spans that a failure came by, from the origin upwards; a click shows one. */
export function StoryChain({ trace, story, selected, onSelect }: StoryChainProps) {
  const styles = useStyles2(getStyles);
  const [unfolded, setUnfolded] = useState(false);
  const all = storySteps(story);
  const { steps, folded, foldedAt } = foldSteps(all, unfolded ? all.length : MOST_STEPS);
  const item = (step: StoryStep) => (
    <li key={step.span}>
      <Step trace={trace} step={step} isSelected={step.span === selected} onSelect={onSelect} />
    </li>
  );
  return (
    <ol className={styles.chain} aria-label={t('ui.story-chain.how-it-spread', 'How it spread')}>
      {steps.slice(0, foldedAt === -1 ? steps.length : foldedAt).map(item)}
      {foldedAt !== -1 && (
        <li>
          <Button size="sm" variant="secondary" fill="text" icon="ellipsis-v" onClick={() => setUnfolded(true)}>
            {t('ui.story-chain.show-between', 'Show {{spans}} in between', { spans: countedSpans(folded.length) })}
          </Button>
        </li>
      )}
      {foldedAt !== -1 && steps.slice(foldedAt).map(item)}
    </ol>
  );
}

interface StepProps {
  readonly trace: Trace;
  readonly step: StoryStep;
  readonly isSelected: boolean;
  readonly onSelect: (span: number) => void;
}

function Step({ trace, step: { span, role }, isSelected, onSelect }: StepProps) {
  const styles = useStyles2(getStyles);
  const failed = hasFailed(trace, span);
  const time = formatNanoseconds(cell(trace.endNs, span));
  return (
    <button
      type="button"
      className={cx(styles.step, isSelected && styles.selected)}
      aria-pressed={isSelected}
      onClick={() => onSelect(span)}
    >
      <span className={cx(styles.role, failed && styles.failed)}>
        <Icon name={ROLE_ICONS[role]} size="sm" aria-hidden /> {ROLE_WORDS[role]()}
      </span>
      <span className={styles.name}>
        <SpanName service={serviceOf(trace, span)} operation={operationOf(trace, span)} />
      </span>
      <span className={styles.time}>
        {failed
          ? t('ui.story-chain.failed-at', 'failed at {{time}}', { time })
          : t('ui.story-chain.ended-at', 'did not fail, ended at {{time}}', { time })}
      </span>
    </button>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  chain: css({
    listStyle: 'none',
    margin: 0,
    padding: theme.spacing(0, 0, 0, 1),
    borderLeft: `2px solid ${theme.colors.border.medium}`,
  }),
  step: css({
    all: 'unset',
    boxSizing: 'border-box',
    width: '100%',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0, 1.5),
    padding: theme.spacing(0.5, 1),
    borderRadius: theme.shape.radius.default,
    cursor: 'pointer',
    '&:hover': { background: theme.colors.background.secondary },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  selected: css({ background: theme.colors.primary.transparent }),
  role: css({ minWidth: '13ch', color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
  failed: css({ color: toneColor(theme, 'error') }),
  name: css({ flex: '1 1 200px', minWidth: 0 }),
  time: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  }),
});
