import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { GraphNode } from '../../../core/traces/graph/traceGraph.ts';
import { t } from '../../../i18n/t.ts';
import { serviceColor } from '../serviceColor.ts';
import type { GraphGeometry, Spot } from './graphGeometry.ts';
import { describeNode, nameOfNode } from './graphWords.ts';

interface NodeShapeProps {
  readonly node: GraphNode;
  /** Its middle. */
  readonly spot: Spot | undefined;
  readonly size: GraphGeometry['node'];
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** Of the font of a node, on average. */
const LETTER_PX = 6.6;
const STRIPE_PX = 5;

/** A service or an operation: its colour, what it is called, and how much time it took by itself. */
export function NodeShape({ node, spot, size: { width, height }, isChosen, onChoose }: NodeShapeProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  if (spot === undefined) {
    return null;
  }
  const { service, operation } = node;
  const failed = node.errors > 0;
  const letters = Math.floor((width - STRIPE_PX - 18) / LETTER_PX);
  return (
    <g
      className={styles.node}
      transform={`translate(${spot.x - width / 2} ${spot.y - height / 2})`}
      onClick={onChoose}
      data-node={nameOfNode(node)}
    >
      <title>{`${nameOfNode(node)}: ${describeNode(node)}`}</title>
      <rect
        width={width}
        height={height}
        rx={4}
        className={cx(styles.box, failed && styles.failed, isChosen && styles.chosen)}
      />
      <rect width={STRIPE_PX} height={height} rx={2} fill={serviceColor(theme, service)} />
      <text x={STRIPE_PX + 8} y={20} className={styles.name}>
        {shortened(operation ?? service, letters)}
      </text>
      <text x={STRIPE_PX + 8} y={38} className={cx(styles.figures, failed && styles.word)}>
        {`${failed ? '✕ ' : ''}${fitting(operation === null ? describeNode(node) : lineOf(node), letters)}`}
      </text>
    </g>
  );
}

/** Where the operation is the first line: whose it is. */
const lineOf = ({ service, spans, errors }: GraphNode): string =>
  errors === 0
    ? service
    : `${t('ui.graph-words.failed-of', '{{errors}} of {{spans}} failed', { errors, spans })}, ${service}`;

/** What comes first counts most: the rest is left out where there is no room for all of it. */
function fitting(words: string, letters: number): string {
  const [first = words] = words.split(',');
  return words.length <= letters ? words : shortened(first, letters);
}

const shortened = (text: string, letters: number): string =>
  text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1))}…`;

const getStyles = (theme: GrafanaTheme2) => ({
  node: css({ cursor: 'pointer' }),
  box: css({ fill: theme.colors.background.secondary, stroke: theme.colors.border.medium }),
  failed: css({ stroke: theme.colors.error.border }),
  chosen: css({ stroke: theme.colors.primary.main, strokeWidth: 2 }),
  name: css({ fill: theme.colors.text.primary, fontSize: 12, fontWeight: theme.typography.fontWeightMedium }),
  figures: css({ fill: theme.colors.text.secondary, fontSize: 11, fontVariantNumeric: 'tabular-nums' }),
  word: css({ fill: theme.colors.error.text }),
});
