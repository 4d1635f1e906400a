import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, Input, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { formatMatcher, parseMatcher, type Matcher } from '../../core/matchers.ts';
import { t } from '../../i18n/t.ts';

export interface MatcherChipsProps {
  /** Of their route, as people count. */
  readonly number: number;
  readonly matchers: readonly Matcher[];
  readonly onChange: (matchers: readonly Matcher[]) => void;
}

const EXAMPLE = 'severity=critical';

/** Matchers as chips, each removable; a new one is typed as in PromQL and taken by Enter or on leaving. */
export function MatcherChips({ number, matchers, onChange }: MatcherChipsProps) {
  const styles = useStyles2(getStyles);
  const problemId = `route-${number}-wrong`;
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const take = () => {
    const matcher = text.trim() === '' ? undefined : parseMatcher(text);
    setWrong(text.trim() !== '' && matcher === undefined);
    if (matcher !== undefined) {
      onChange([...matchers, matcher]);
      setText('');
    }
  };
  return (
    <div className={styles.box}>
      {matchers.length === 0 && (
        <span className={styles.all}>{t('settings.matcher-chips.every-alert', 'Every alert')}</span>
      )}
      {matchers.map((matcher, index) => (
        <button
          key={`${formatMatcher(matcher)} ${index}`}
          type="button"
          className={styles.chip}
          aria-label={t('settings.matcher-chips.remove', 'Remove {{matcher}} from route {{number}}', {
            matcher: formatMatcher(matcher),
            number,
          })}
          onClick={() => onChange(matchers.filter((_, at) => at !== index))}
        >
          {formatMatcher(matcher)} <Icon name="times" size="sm" aria-hidden />
        </button>
      ))}
      <div className={styles.input}>
        <Input
          aria-label={t('settings.matcher-chips.add-a-matcher', 'Route {{number}}: add a matcher', { number })}
          aria-describedby={isWrong ? problemId : undefined}
          placeholder={matchers.length === 0 ? EXAMPLE : t('settings.matcher-chips.and', 'and …')}
          value={text}
          invalid={isWrong}
          autoComplete="off"
          spellCheck={false}
          onBlur={take}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              take();
            }
          }}
        />
      </div>
      {isWrong && (
        <span id={problemId} role="alert" className={styles.wrong}>
          {t(
            'settings.matcher-chips.help',
            'Enter a label, one of = != =~ !~, and a value, such as severity=critical or team=~"shop|pay".'
          )}
        </span>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5), alignItems: 'center', minWidth: 0 }),
  all: css({ fontWeight: theme.typography.fontWeightMedium }),
  chip: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
    color: theme.colors.text.primary,
    padding: theme.spacing(0.25, 0.75),
    minHeight: 28,
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
    textAlign: 'left',
    '&:hover': { background: theme.colors.action.hover },
  }),
  input: css({ width: 190 }),
  wrong: css({ color: theme.colors.error.text, fontSize: theme.typography.bodySmall.fontSize }),
});
