import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { toneColor, type StateLook, type Tone } from './tone.ts';

export interface StateTagProps {
  readonly look: StateLook;
  /** In place of the look's own word. */
  readonly word?: string;
  /** `large` for titles. */
  readonly size?: 'normal' | 'large';
  /** Why, on hover. */
  readonly title?: string;
}

/** State as colour, icon and word; never colour alone. */
export function StateTag({ look, word = look.word, size = 'normal', title }: StateTagProps) {
  const styles = useStyles2(getStyles, look.tone);
  return (
    <span className={size === 'large' ? styles.large : styles.tag} title={title}>
      <Icon name={look.icon} size={size === 'large' ? 'lg' : 'sm'} aria-hidden />
      {word}
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2, tone: Tone) => {
  const tag = {
    display: 'inline-flex',
    alignItems: 'center',
    verticalAlign: 'middle',
    gap: theme.spacing(0.5),
    whiteSpace: 'nowrap',
    color: toneColor(theme, tone),
    fontWeight:
      tone === 'quiet' || tone === 'ok' ? theme.typography.fontWeightRegular : theme.typography.fontWeightMedium,
  } as const;
  return { tag: css(tag), large: css({ ...tag, fontSize: theme.typography.h5.fontSize }) };
};
