import type { ErrorStory } from '../../../core/traces/errorStory.ts';
import { t } from '../../../i18n/t.ts';

export type StepRole = 'origin' | 'spread' | 'visible' | 'stopped' | 'ahead' | 'again';

/** A span of a story, in the order in which the failure came by. */
export interface StoryStep {
  readonly span: number;
  readonly role: StepRole;
}

/** A chain as far as it can be read. */
export interface FoldedSteps {
  readonly steps: readonly StoryStep[];
  readonly folded: readonly StoryStep[];
  /** Place of the first step after the folded ones; -1 where none is. */
  readonly foldedAt: number;
}

export const ROLE_WORDS: Readonly<Record<StepRole, () => string>> = {
  origin: () => t('ui.story-steps.origin', 'Began in'),
  spread: () => t('ui.story-steps.spread', 'Spread to'),
  visible: () => t('ui.story-steps.visible', 'Seen in'),
  stopped: () => t('ui.story-steps.stopped', 'Stopped at'),
  ahead: () => t('ui.story-steps.ahead', 'Did not wait'),
  again: () => t('ui.story-steps.again', 'Failed too'),
};

/** From the origin up to where the failure was seen or stopped. */
export function storySteps({ chain, visible, stoppedAt, again, end }: ErrorStory): readonly StoryStep[] {
  const steps: StoryStep[] = chain.map((span, at) => ({
    span,
    role: span === visible ? 'visible' : at === 0 ? 'origin' : 'spread',
  }));
  const add = (span: number | null, role: StepRole): void => {
    if (span !== null && !steps.some((step) => step.span === span)) {
      steps.push({ span, role });
    }
  };
  if (end !== 'visible') {
    add(stoppedAt, end === 'not_awaited' ? 'ahead' : 'stopped');
  }
  add(again, again === visible ? 'visible' : 'again');
  add(visible, 'visible');
  return steps;
}

/** As many as can be read; the middle of a longer chain is folded. */
export function foldSteps(steps: readonly StoryStep[], most: number): FoldedSteps {
  if (steps.length <= most) {
    return { steps, folded: [], foldedAt: -1 };
  }
  const before = Math.ceil(most / 2);
  const after = most - before;
  return {
    steps: [...steps.slice(0, before), ...steps.slice(steps.length - after)],
    folded: steps.slice(before, steps.length - after),
    foldedAt: before,
  };
}
