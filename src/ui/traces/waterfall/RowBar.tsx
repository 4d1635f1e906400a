import { cx } from '@emotion/css';
import { asyncReason } from '../../../core/traces/blocking.ts';
import { cell } from '../../../core/traces/column.ts';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import { drawnStretches, type DrawnStretch } from '../../../core/traces/rows/drawnStretches.ts';
import { isOnPath, pathStretches, type Stretch } from '../../../core/traces/rows/pathIndex.ts';
import { groupFigures } from '../../../core/traces/rows/similarSiblings.ts';
import { shareOf } from '../../../core/traces/rows/timeView.ts';
import { durationOf } from '../../../core/traces/spanFields.ts';
import { t } from '../../../i18n/t.ts';
import { labelSide, type BarPlace } from './barLabel.ts';
import type { RowLook } from './rowLook.ts';

export interface SpanBarProps {
  readonly look: RowLook;
  readonly span: number;
  readonly isClosed: boolean;
}

const percent = (share: number): string => `${share * 100}%`;

/** When a span ran, which part of it is on the critical path, and what happened in it. */
export function SpanBar({ look, span, isClosed }: SpanBarProps) {
  const { trace, path, time, critical, styles, pixels } = look;
  const place = placeOf(look, cell(trace.startNs, span), cell(trace.endNs, span));
  const onPath = critical && isOnPath(path, span);
  const service = cell(trace.service, span);
  const className = cx(
    styles.bar,
    critical && !onPath && styles.offPath,
    asyncReason(trace, span) !== null && styles.asynchronous
  );
  const pieces = onPath ? drawnStretches(pathStretches(path, span, isClosed), time, pixels) : [];
  return (
    <>
      <Piece place={place} className={className} color={look.colors[service]} />
      <Marked pieces={pieces} className={styles.path} />
      <EventTicks look={look} span={span} />
      <Label look={look} place={place} service={service} text={formatNanoseconds(durationOf(trace, span))} />
      {onPath && <span className={styles.spoken}>{pathWords(look, span)}</span>}
    </>
  );
}

function pathWords({ path }: RowLook, span: number): string {
  const own = cell(path.ownNs, span);
  return own > 0
    ? t('ui.row-bar.own', ', {{time}} on the critical path', { time: formatNanoseconds(own) })
    : t('ui.row-bar.below', ', on the critical path below');
}

export interface GroupBarProps {
  readonly look: RowLook;
  readonly members: Uint32Array;
}

/** When similar spans ran: a line from the first to the last, a piece for each. */
export function GroupBar({ look, members }: GroupBarProps) {
  const { trace, time, critical, styles, pixels } = look;
  const { startNs, endNs, totalNs, minNs, maxNs } = groupFigures(trace, members);
  const place = placeOf(look, startNs, endNs);
  const first = members[0] ?? 0;
  const service = cell(trace.service, first);
  // A trace whose clocks were set right may have siblings out of order.
  const spans = Array.from(members, (span): Stretch => ({
    startNs: cell(trace.startNs, span),
    endNs: cell(trace.endNs, span),
  })).sort((a, b) => a.startNs - b.startNs);
  const onPath = critical ? pathOf(look, members) : [];
  const text = t('ui.row-bar.group', '{{total}} in all, {{least}} to {{most}} each', {
    total: formatNanoseconds(totalNs),
    least: formatNanoseconds(minNs),
    most: formatNanoseconds(maxNs),
  });
  return (
    <>
      <Piece place={place} className={styles.whisker} color={undefined} />
      <Marked pieces={drawnStretches(spans, time, pixels)} className={styles.bar} color={look.colors[service]} />
      <Marked pieces={drawnStretches(onPath, time, pixels)} className={styles.path} />
      <Label look={look} place={place} service={service} text={text} />
    </>
  );
}

const pathOf = ({ path }: RowLook, members: Uint32Array): Stretch[] =>
  Array.from(members)
    .flatMap((span) => [...pathStretches(path, span, true)])
    .sort((a, b) => a.startNs - b.startNs);

const placeOf = ({ time }: RowLook, startNs: number, endNs: number): BarPlace => ({
  left: shareOf(time, startNs),
  right: shareOf(time, endNs),
});

interface PieceProps {
  readonly place: BarPlace;
  readonly className: string;
  readonly color: string | undefined;
}

function Piece({ place, className, color }: PieceProps) {
  const left = Math.max(0, place.left);
  const right = Math.min(1, place.right);
  if (right < 0 || left > 1) {
    return null;
  }
  const style = { left: percent(Math.min(left, 0.999)), width: percent(Math.max(0, right - left)) };
  return <span className={className} style={color === undefined ? style : { ...style, background: color }} />;
}

interface MarkedProps {
  readonly pieces: readonly DrawnStretch[];
  readonly className: string;
  readonly color?: string | undefined;
}

/** Fainter would not be seen. */
const FAINTEST = 0.3;

/** Pieces of the timeline; one that stands for many with gaps between them is the fainter the less they cover. */
function Marked({ pieces, className, color }: MarkedProps) {
  return (
    <>
      {pieces.map(({ left, width, covered }) => (
        <span
          key={left}
          className={className}
          style={{
            left: percent(left),
            width: percent(width),
            ...(covered < 1 ? { opacity: Math.max(FAINTEST, covered) } : {}),
            ...(color === undefined ? {} : { background: color }),
          }}
        />
      ))}
    </>
  );
}

interface LabelProps {
  readonly look: RowLook;
  readonly place: BarPlace;
  readonly service: number;
  readonly text: string;
}

function Label({ look, place, service, text }: LabelProps) {
  const { styles } = look;
  if (place.right < 0) {
    return <span className={styles.label}>◂ {text}</span>;
  }
  if (place.left > 1) {
    return (
      <span className={styles.label} style={{ right: 0 }}>
        {text} ▸
      </span>
    );
  }
  const seen = { left: Math.max(0, place.left), right: Math.min(1, place.right) };
  const side = labelSide(seen);
  const style = {
    after: { left: percent(seen.right) },
    before: { right: percent(1 - seen.left) },
    inside: { left: percent(seen.left), color: look.inks[service] },
  }[side];
  return (
    <span className={styles.label} style={style}>
      {text}
    </span>
  );
}

/** More would be a solid block. */
const MOST_TICKS = 60;

function EventTicks({ look, span }: { look: RowLook; span: number }) {
  const { trace, time, styles } = look;
  const events = trace.events.get(span);
  if (events === undefined) {
    return null;
  }
  return (
    <>
      {events.slice(0, MOST_TICKS).map(({ name, atNs }, index) => {
        const at = shareOf(time, atNs);
        return at < 0 || at > 1 ? null : (
          <span
            key={index}
            className={cx(styles.event, name === 'exception' && styles.exception)}
            style={{ left: percent(Math.min(at, 0.995)) }}
            title={t('ui.row-bar.event', '{{name}} at {{time}}', { name, time: formatNanoseconds(atNs) })}
          />
        );
      })}
    </>
  );
}
