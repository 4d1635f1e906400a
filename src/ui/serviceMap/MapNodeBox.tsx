import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { memo } from 'react';
import { inSentence } from '../../i18n/inSentence.ts';
import { StateTag } from '../StateTag.tsx';
import { SEVERITY_LOOK, toneColor, type Tone } from '../tone.ts';
import { NODE, type Point } from './geometry.ts';
import { alertBadge, alertsText, describeNode, figuresText, KIND_LOOK, nodeChanges, nodeLook } from './mapLook.ts';
import type { ShownNode } from './shownMap.ts';

/** How much of a node can be read at this zoom; less of it is written larger. */
export type Detail = 'all' | 'brief' | 'name' | 'dot';

export interface MapNodeBoxProps {
  readonly node: ShownNode;
  readonly corner: Point;
  readonly detail: Detail;
  readonly chosen: boolean;
  /** Something else is in focus. */
  readonly dimmed: boolean;
  readonly onChoose: (id: string) => void;
  readonly onPoint: (id: string | null) => void;
  /** The keyboard has come to it. */
  readonly onReach: (corner: Point) => void;
}

/** A service, or what services call: name, state and figures. */
export const MapNodeBox = memo(function MapNodeBox(props: MapNodeBoxProps) {
  const { node, corner, detail, chosen, dimmed, onChoose, onPoint, onReach } = props;
  const look = nodeLook(node);
  const styles = useStyles2(getStyles, look.tone);
  const classes = [styles.node, detail === 'dot' && styles.dot, chosen && styles.chosen, dimmed && styles.dimmed];
  return (
    <button
      type="button"
      className={cx(classes, node.gone && styles.gone)}
      style={{ left: corner.x, top: corner.y }}
      aria-pressed={chosen}
      title={node.health.why ?? node.name}
      data-node={node.id}
      onClick={() => onChoose(node.id)}
      onPointerEnter={() => onPoint(node.id)}
      onPointerLeave={() => onPoint(null)}
      onFocus={() => {
        onPoint(node.id);
        onReach(corner);
      }}
      onBlur={() => onPoint(null)}
    >
      {detail === 'all' && <Full node={node} />}
      {detail === 'brief' && <Brief node={node} />}
      {detail === 'name' && <span className={styles.large}>{node.name}</span>}
      {/* After what is seen, so that the button is called what it shows. */}
      <span className={styles.spoken}>{restOfName(node, detail)}</span>
    </button>
  );
});

/** What is not written on the node at this zoom. */
function restOfName(node: ShownNode, detail: Detail): string {
  if (detail === 'all') {
    return `, ${inSentence(KIND_LOOK[node.kind].word)}`;
  }
  const whole = describeNode(node);
  if (detail === 'dot') {
    return whole;
  }
  const rest = whole.slice(node.name.length);
  return detail === 'brief' && node.kind !== 'user' ? rest.slice(`, ${nodeLook(node).word}`.length) : rest;
}

/** Name and state, in letters that are still read from far away. */
function Brief({ node }: Pick<MapNodeBoxProps, 'node'>) {
  const look = nodeLook(node);
  const styles = useStyles2(getStyles, look.tone);
  const badge = alertBadge(node);
  return (
    <>
      <span className={styles.name}>
        <Icon name={KIND_LOOK[node.kind].icon} size="xl" aria-hidden />
        <span className={cx(styles.text, styles.briefName)}>{node.name}</span>
      </span>{' '}
      {node.kind !== 'user' && (
        <span className={styles.briefLine}>
          <StateTag look={look} size="large" />{' '}
          {badge !== undefined && (
            // Said in full where it is not seen.
            <span aria-hidden>
              <StateTag look={SEVERITY_LOOK[badge.worst]} word={String(badge.count)} size="large" />
            </span>
          )}
        </span>
      )}
    </>
  );
}

function Full({ node }: Pick<MapNodeBoxProps, 'node'>) {
  const look = nodeLook(node);
  const styles = useStyles2(getStyles, look.tone);
  const badge = alertBadge(node);
  return (
    <>
      <span className={styles.name}>
        <Icon name={KIND_LOOK[node.kind].icon} size="sm" aria-hidden />
        <span className={styles.text}>{node.name}</span>
      </span>{' '}
      <span className={styles.line}>
        {node.kind === 'user' ? null : <StateTag look={look} />}{' '}
        {badge !== undefined && <StateTag look={SEVERITY_LOOK[badge.worst]} word={alertsText(badge)} />}{' '}
        {nodeChanges(node).map((change) => (
          <StateTag key={change.word} look={change} />
        ))}
      </span>{' '}
      <span className={styles.figures}>{node.received === null ? '' : figuresText(node.received)}</span>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2, tone: Tone) => ({
  node: css({
    position: 'absolute',
    width: NODE.width,
    height: NODE.height,
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'center',
    gap: 1,
    padding: theme.spacing(0.5, 1, 0.5, 1.25),
    textAlign: 'left',
    color: theme.colors.text.primary,
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.medium}`,
    borderLeft: `4px solid ${tone === 'quiet' ? theme.colors.border.strong : toneColor(theme, tone)}`,
    borderRadius: theme.shape.radius.default,
    cursor: 'pointer',
    '&:hover': { borderColor: theme.colors.border.strong, borderLeftColor: toneColor(theme, tone) },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2 },
  }),
  dot: css({ background: toneColor(theme, tone), borderColor: toneColor(theme, tone) }),
  chosen: css({ boxShadow: `0 0 0 2px ${theme.colors.primary.border}` }),
  dimmed: css({ opacity: 0.35 }),
  gone: css({ borderStyle: 'dashed' }),
  spoken: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
  name: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5), fontWeight: 500, minWidth: 0 }),
  text: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  briefName: css({ fontSize: 22, lineHeight: 1.2 }),
  briefLine: css({
    display: 'flex',
    gap: theme.spacing(1),
    overflow: 'hidden',
    '& span': { fontSize: 18, lineHeight: 1.2 },
  }),
  large: css({ fontSize: 26, lineHeight: 1.1, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  line: css({ display: 'flex', gap: theme.spacing(1), fontSize: theme.typography.bodySmall.fontSize }),
  figures: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  }),
});
