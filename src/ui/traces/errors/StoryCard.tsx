import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, ClipboardButton, useStyles2 } from '@grafana/ui';
import { useId } from 'react';
import type { ErrorStory } from '../../../core/traces/errorStory.ts';
import type { FilterTerm } from '../../../core/traces/filter/parseSpanFilter.ts';
import type { Trace } from '../../../core/traces/trace.ts';
import { t } from '../../../i18n/t.ts';
import { StateTag } from '../../StateTag.tsx';
import { StoryChain } from './StoryChain.tsx';
import { END_LOOK } from './storyLooks.ts';

interface StoryCardProps {
  readonly trace: Trace;
  readonly story: ErrorStory;
  readonly selected: number | null;
  readonly onSelect: (span: number) => void;
  /** Offered where there is a filter to add to. */
  readonly onFilter?: ((term: FilterTerm) => void) | undefined;
}

const MOST_LIKE = 8;

/** One failure from its origin to whom it reached. */
export function StoryCard({ trace, story, selected, onSelect, onFilter }: StoryCardProps) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const { exception, end, sentences } = story;
  const [first = '', ...rest] = sentences;
  return (
    <article className={styles.card} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {titleOf(story)}
        </h2>
        <StateTag look={END_LOOK[end]} />
      </div>
      <p className={styles.words}>{[first, ...rest].join(' ')}</p>
      <StoryChain trace={trace} story={story} selected={selected} onSelect={onSelect} />
      <Alike story={story} onSelect={onSelect} />
      {onFilter !== undefined && exception.type !== '' && (
        <div>
          <Button
            size="sm"
            variant="secondary"
            fill="text"
            icon="filter"
            onClick={() => onFilter({ field: 'error', op: '=', value: exception.type, negated: false })}
          >
            {t('ui.story-card.filter', 'All spans with {{type}}', { type: exception.type })}
          </Button>
        </div>
      )}
      {exception.stack !== '' && (
        <details>
          <summary className={styles.summary}>{t('ui.story-card.stack-trace', 'Stack trace')}</summary>
          <pre className={styles.stack} tabIndex={0} aria-label={t('ui.story-card.stack-trace', 'Stack trace')}>
            {exception.stack}
          </pre>
          <ClipboardButton icon="copy" variant="secondary" size="sm" getText={() => exception.stack}>
            {t('ui.story-card.copy', 'Copy stack trace')}
          </ClipboardButton>
        </details>
      )}
    </article>
  );
}

function titleOf({ exception: { type, message } }: ErrorStory): string {
  const title = [type, message].filter((part) => part !== '').join(': ');
  return title === '' ? t('ui.story-card.without-saying-why', 'Failed without saying why') : title;
}

/** Spans that failed in the same way. */
function Alike({ story: { origins }, onSelect }: Pick<StoryCardProps, 'story' | 'onSelect'>) {
  const styles = useStyles2(getStyles);
  const others = origins.slice(1);
  if (others.length === 0) {
    return null;
  }
  return (
    <div className={styles.alike}>
      <span>
        {t('ui.story-card.alike', '', {
          count: others.length,
          number: others.length.toLocaleString('en-US'),
          defaultValue_one: '{{number}} other span failed in the same way:',
          defaultValue_other: '{{number}} other spans failed in the same way:',
        })}
      </span>
      {others.slice(0, MOST_LIKE).map((span, at) => (
        <Button key={span} size="sm" variant="secondary" fill="outline" onClick={() => onSelect(span)}>
          {t('ui.story-card.show', 'Show {{number}}', { number: at + 2 })}
        </Button>
      ))}
      {others.length > MOST_LIKE && (
        <span>{t('ui.story-card.and-more', 'and {{number}} more', { number: others.length - MOST_LIKE })}</span>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  card: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 2),
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    minWidth: 0,
  }),
  head: css({ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: theme.spacing(0.5, 2) }),
  title: css({
    margin: 0,
    fontSize: theme.typography.h5.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
    overflowWrap: 'anywhere',
    flex: '1 1 240px',
  }),
  words: css({ margin: 0, color: theme.colors.text.secondary, overflowWrap: 'anywhere', maxWidth: '100ch' }),
  alike: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  summary: css({ cursor: 'pointer', display: 'list-item', minHeight: theme.spacing(3) }),
  stack: css({
    margin: theme.spacing(1, 0),
    maxHeight: 320,
    overflow: 'auto',
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});
