import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { errorStories } from '../../../core/traces/errorStories.ts';
import type { ErrorStories as Stories } from '../../../core/traces/errorStory.ts';
import { Answer } from '../../Answer.tsx';
import { EmptyState } from '../../EmptyState.tsx';
import type { TraceViewProps } from '../traceView.ts';
import { counted } from '../words.ts';
import { StoryCard } from './StoryCard.tsx';
import { END_LOOK } from './storyLooks.ts';

/** What failed in a trace: where it began, how it spread, where it ended and who saw it. */
export function ErrorStories({ trace, selected, onSelect }: Omit<TraceViewProps, 'path'>) {
  const styles = useStyles2(getStyles);
  const told = useMemo(() => errorStories(trace), [trace]);
  const [gravest] = told.stories;
  if (gravest === undefined) {
    return (
      <EmptyState icon="check-circle" title="No span failed">
        No span of this trace has the status error. An error that nobody recorded on a span is not seen here.
      </EmptyState>
    );
  }
  return (
    <div className={styles.box}>
      <Answer look={END_LOOK[gravest.end]}>{describeStories(told)}</Answer>
      <ol className={styles.list} aria-label="Failures">
        {told.stories.map((story) => (
          <li key={story.origins[0]}>
            <StoryCard trace={trace} story={story} selected={selected} onSelect={onSelect} />
          </li>
        ))}
      </ol>
      {told.more > 0 && (
        <p className={styles.more}>{counted(told.more, 'more failure is', 'more failures are')} not told here.</p>
      )}
    </div>
  );
}

/** `3 failures: 1 seen by a user, 2 swallowed.`, `1 failure: masked.` */
export function describeStories({ stories, more }: Stories): string {
  const counts = new Map<string, number>();
  for (const { end } of stories) {
    const word = END_LOOK[end].word.toLowerCase();
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const isOne = stories.length + more === 1;
  const ends = [...counts].map(([word, count]) => (isOne ? word : `${count.toLocaleString('en-US')} ${word}`));
  return `${counted(stories.length + more, 'failure')}: ${ends.join(', ')}.`;
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
