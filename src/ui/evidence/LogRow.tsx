import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, Icon, useStyles2 } from '@grafana/ui';
import { useId, useState } from 'react';
import type { LogLine, TimeWindow } from '../../core/evidence/evidence.ts';
import { t } from '../../i18n/t.ts';
import { PHONE } from '../breakpoints.ts';
import { useDisplay } from '../display.ts';
import { formatAbsolute, formatInstant } from '../formatTime.ts';
import { StateTag } from '../StateTag.tsx';
import { LOG_LOOK } from './looks.ts';
import { TraceLink, type LinkTrace } from './TraceLink.tsx';

export interface LogRowProps {
  readonly line: LogLine;
  /** Said where lines are of several services. */
  readonly service?: string | null;
  readonly link: LinkTrace;
  readonly grafanaUrl: string | undefined;
  /** Where a trace is looked up around. */
  readonly window: TimeWindow;
}

/** A line of a log: what it says; opened, how it was written. */
export function LogRow({ line: logged, service = null, link, grafanaUrl, window }: LogRowProps) {
  const { at, level, message, line, cut, traceId } = logged;
  const styles = useStyles2(getStyles);
  const { timeZone } = useDisplay();
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <li className={styles.row}>
      <button
        type="button"
        className={styles.head}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span className={styles.fold}>
          <Icon name={open ? 'angle-down' : 'angle-right'} size="sm" aria-hidden />
        </span>
        <time dateTime={new Date(at).toISOString()} title={formatAbsolute(at, timeZone)} className={styles.time}>
          {formatInstant(at, timeZone)}
        </time>
        <span className={styles.level}>
          <StateTag look={LOG_LOOK[level]} />
        </span>
        {service !== null && <span className={styles.service}>{service}</span>}
        <span className={open ? styles.text : styles.short}>
          {message === '' ? t('ui.log-row.empty-line', '(empty line)') : message}
        </span>
      </button>
      <div id={id} hidden={!open} className={styles.whole}>
        <pre className={styles.raw}>{line}</pre>
        {cut > 0 && (
          <p className={styles.cut}>
            {t('ui.log-row.more-characters-were-left-out', '{{cut}} more characters were left out.', { cut })}
          </p>
        )}
        <div className={styles.acts}>
          <ClipboardButton icon="copy" variant="secondary" size="sm" getText={() => line}>
            {t('ui.log-row.copy-line', 'Copy line')}
          </ClipboardButton>
          {traceId !== null && <TraceLink traceId={traceId} link={link} grafanaUrl={grafanaUrl} window={window} />}
        </div>
      </div>
    </li>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const text = {
    flex: 1,
    minWidth: 0,
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
    // A phone has no room for it beside time and level.
    [PHONE]: { flexBasis: '100%' },
  } as const;
  return {
    row: css({ borderBottom: `1px solid ${theme.colors.border.weak}` }),
    head: css({
      all: 'unset',
      boxSizing: 'border-box',
      width: '100%',
      display: 'flex',
      alignItems: 'baseline',
      gap: theme.spacing(0, 1),
      padding: theme.spacing(0.5, 0.5),
      cursor: 'pointer',
      '&:hover': { background: theme.colors.action.hover },
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
      [PHONE]: { flexWrap: 'wrap', minHeight: theme.spacing(5.5) },
    }),
    fold: css({ display: 'inline-flex', alignSelf: 'flex-start', height: '1lh', alignItems: 'center' }),
    time: css({
      color: theme.colors.text.secondary,
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      whiteSpace: 'nowrap',
    }),
    level: css({ minWidth: '9ch' }),
    service: css({ color: theme.colors.text.secondary, overflowWrap: 'anywhere', maxWidth: '24ch' }),
    text: css(text),
    short: css({
      ...text,
      display: '-webkit-box',
      WebkitLineClamp: 2,
      WebkitBoxOrient: 'vertical',
      overflow: 'hidden',
    }),
    whole: css({ padding: theme.spacing(0.5, 0.5, 1, 3), [PHONE]: { paddingLeft: theme.spacing(0.5) } }),
    raw: css({
      margin: 0,
      padding: theme.spacing(1),
      fontSize: theme.typography.bodySmall.fontSize,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      wordBreak: 'normal',
    }),
    cut: css({ margin: theme.spacing(0.5, 0), color: theme.colors.text.secondary }),
    acts: css({
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1, 2),
      alignItems: 'center',
      marginTop: theme.spacing(1),
    }),
  };
};
