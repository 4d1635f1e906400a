import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { errorStories } from '../../../core/traces/errorStories.ts';
import type { ErrorStories as Stories } from '../../../core/traces/errorStory.ts';
import { inSentence } from '../../../i18n/inSentence.ts';
import { t } from '../../../i18n/t.ts';
import { Answer } from '../../Answer.tsx';
import { EmptyState } from '../../EmptyState.tsx';
import type { TraceViewProps } from '../traceView.ts';
import { StoryCard } from './StoryCard.tsx';
import { END_LOOK } from './storyLooks.ts';

/** What failed in a trace: where it began, how it spread, where it ended and who saw it. */
export function ErrorStories({ trace, selected, onSelect, onFilter }: Omit<TraceViewProps, 'path'>) {
  const styles = useStyles2(getStyles);
  const told = useMemo(() => errorStories(trace), [trace]);
  const [gravest] = told.stories;
  if (gravest === undefined) {
    return (
      <EmptyState icon="check-circle" title={t('ui.error-stories.no-span-failed', 'No span failed')}>
        {t(
          'ui.error-stories.no-error',
          'No span of this trace has the status error. An error that was not recorded on a span is not shown here.'
        )}
      </EmptyState>
    );
  }
  return (
    <div className={styles.box}>
      <Answer look={END_LOOK[gravest.end]}>{describeStories(told)}</Answer>
      <ol className={styles.list} aria-label={t('ui.error-stories.failures', 'Failures')}>
        {told.stories.map((story) => (
          <li key={story.origins[0]}>
            <StoryCard {...{ trace, story, selected, onSelect, onFilter }} />
          </li>
        ))}
      </ol>
      {told.more > 0 && (
        <p className={styles.more}>
          {t('ui.error-stories.not-told', '', {
            count: told.more,
            number: told.more.toLocaleString('en-US'),
            defaultValue_one: '{{number}} more failure is not shown here.',
            defaultValue_other: '{{number}} more failures are not shown here.',
          })}
        </p>
      )}
    </div>
  );
}

/** `3 failures: 1 seen by a user, 2 swallowed.`, `1 failure: masked.` */
export function describeStories({ stories, more }: Stories): string {
  const counts = new Map<string, number>();
  for (const { end } of stories) {
    const word = inSentence(END_LOOK[end].word);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const all = stories.length + more;
  const isOne = all === 1;
  const ends = [...counts].map(([word, count]) => (isOne ? word : `${count.toLocaleString('en-US')} ${word}`));
  return t('ui.error-stories.describe', '', {
    count: all,
    number: all.toLocaleString('en-US'),
    ends: ends.join(', '),
    defaultValue_one: '{{number}} failure: {{ends}}.',
    defaultValue_other: '{{number}} failures: {{ends}}.',
  });
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 }),
  list: css({
    listStyle: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
  }),
  more: css({ margin: 0, color: theme.colors.text.secondary }),
});
