import { asyncReason } from '../../../core/traces/blocking.ts';
import { whyNotAwaited } from '../../../core/traces/coarseClocks.ts';
import { cell } from '../../../core/traces/column.ts';
import { groupFigures } from '../../../core/traces/rows/similarSiblings.ts';
import { SPAN_STATUSES } from '../../../core/traces/trace.ts';
import { t } from '../../../i18n/t.ts';
import type { RowLook } from './rowLook.ts';

const ERROR = SPAN_STATUSES.indexOf('error');

export interface RowMarksProps {
  readonly look: RowLook;
  readonly span: number;
  /** What is below it is folded away. */
  readonly isClosed: boolean;
}

/** What is out of the ordinary about a span, as icon and word. */
export function RowMarks({ look, span, isClosed }: RowMarksProps) {
  const { trace, failures, byClockNs, styles } = look;
  const reason = asyncReason(trace, span);
  const missing = trace.missingParents.get(span);
  const failed = trace.status[span] === ERROR;
  const hidden = isClosed ? failures.within(span) - (failed ? 1 : 0) : 0;
  return (
    <>
      {failed && (
        <Failed
          look={look}
          word={t('ui.row-marks.error', 'error')}
          title={trace.statusMessages.get(span) ?? t('ui.row-marks.says-failed', 'The span says that it failed')}
        />
      )}
      {hidden > 0 && (
        <Failed
          look={look}
          word={t('ui.row-marks.failed-below', '{{number}} failed below', { number: hidden })}
          title={t('ui.row-marks.folded', 'Failed spans that are folded away')}
        />
      )}
      {reason !== null && (
        <span
          className={styles.mark}
          title={t('ui.row-marks.not-on-path', 'Not on the critical path: {{reason}}.', {
            reason: whyNotAwaited(reason, cell(byClockNs, span)),
          })}
        >
          {t('ui.row-marks.async', 'async')}
        </span>
      )}
      {missing !== undefined && (
        <span
          className={styles.mark}
          title={t('ui.row-marks.its-parent', 'Its parent {{id}} is not in the trace.', { id: missing })}
        >
          {t('ui.row-marks.parent-missing', 'parent missing')}
        </span>
      )}
    </>
  );
}

/** How many of similar spans failed. */
export function GroupMarks({ look, members }: { look: RowLook; members: Uint32Array }) {
  const { errors } = groupFigures(look.trace, members);
  return errors > 0 ? (
    <Failed look={look} word={t('ui.row-marks.failed', '{{number}} failed', { number: errors })} />
  ) : null;
}

/** Own drawings in place of `Icon`: that one renders twice and looks its file up, for each row that scrolls in. */
function Failed({ look, word, title }: { look: RowLook; word: string; title?: string }) {
  return (
    <span className={look.styles.failed} {...(title === undefined ? {} : { title })}>
      <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        <path
          fill="currentColor"
          d="M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0Zm-.8 2.6v4.2h1.6V2.6H5.2Zm0 5.2v1.6h1.6V7.8H5.2Z"
        />
      </svg>
      {word}
    </span>
  );
}
