import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Checkbox, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { narrowGraph } from '../../../core/traces/graph/narrowGraph.ts';
import { traceGraph, type GraphNode, type GraphNodes } from '../../../core/traces/graph/traceGraph.ts';
import { operationOf, serviceOf } from '../../../core/traces/spanFields.ts';
import { t } from '../../../i18n/t.ts';
import { EmptyState } from '../../EmptyState.tsx';
import { useMeasures, type TraceViewProps } from '../traceView.ts';
import { GraphNodeList } from './GraphNodeList.tsx';
import { GraphPicture } from './GraphPicture.tsx';
import { describeGraph, describeNode, nameOfNode } from './graphWords.ts';

/** A picture of more cannot be read. */
const MOST_NODES = 120;

const KINDS = [
  {
    value: 'service' as const,
    get label() {
      return t('ui.trace-graph-view.services', 'Services');
    },
  },
  {
    value: 'operation' as const,
    get label() {
      return t('ui.trace-graph-view.operations', 'Operations');
    },
  },
];

/** Who called whom in a trace. */
export function TraceGraphView(props: TraceViewProps) {
  const { trace, selected, onSelect } = props;
  const styles = useStyles2(getStyles);
  const measured = useMeasures(props);
  const [by, setBy] = useState<GraphNodes>('service');
  const [errorsOnly, setErrorsOnly] = useState(false);
  const [clicked, setClicked] = useState<Clicked | null>(null);
  const whole = useMemo(() => traceGraph(measured.trace, measured, by), [measured, by]);
  const graph = useMemo(() => narrowGraph(whole, { errorsOnly, most: MOST_NODES }), [whole, errorsOnly]);
  const picked = clicked?.selected === selected && clicked.trace === trace ? clicked.name : nameAt(props, by);
  const at = graph.nodes.findIndex((node) => nameOfNode(node) === picked);
  const chosen = at === -1 ? null : at;
  const choose = (node: number): void => {
    const found = graph.nodes[node];
    setClicked(found === undefined ? null : { trace, selected, name: nameOfNode(found) });
  };
  const words = describeGraph(graph, by);
  return (
    <div className={styles.box}>
      <div className={styles.controls}>
        <RadioButtonGroup
          aria-label={t('ui.trace-graph-view.nodes-are', 'Nodes are')}
          options={KINDS}
          value={by}
          onChange={setBy}
        />
        <Checkbox
          label={t('ui.trace-graph-view.errors-only', 'Errors only')}
          value={errorsOnly}
          onChange={({ currentTarget }) => setErrorsOnly(currentTarget.checked)}
        />
        <p className={styles.words} role="status">
          {words}
        </p>
      </div>
      {graph.nodes.length === 0 ? (
        <NoNodes errorsOnly={errorsOnly} onShowAll={() => setErrorsOnly(false)} />
      ) : (
        <>
          <GraphPicture
            graph={graph}
            label={t('ui.trace-graph-view.label', 'Graph of the trace. {{words}}', { words })}
            chosen={chosen}
            onChoose={choose}
          />
          {chosen !== null && <NodeFacts node={graph.nodes[chosen]} onSelect={onSelect} />}
          <GraphNodeList graph={graph} chosen={chosen} onChoose={choose} />
        </>
      )}
    </div>
  );
}

interface Clicked {
  readonly trace: TraceViewProps['trace'];
  /** The span that was selected meanwhile: another one chosen later counts more. */
  readonly selected: number | null;
  readonly name: string;
}

function nameAt({ trace, selected }: TraceViewProps, by: GraphNodes): string | null {
  return selected === null
    ? null
    : nameOfNode({
        service: serviceOf(trace, selected),
        operation: by === 'service' ? null : operationOf(trace, selected),
      });
}

const NoNodes = ({ errorsOnly, onShowAll }: { errorsOnly: boolean; onShowAll: () => void }) =>
  errorsOnly ? (
    <EmptyState
      icon="check-circle"
      title={t('ui.trace-graph-view.no-span-failed', 'No span failed')}
      action={
        <Button variant="secondary" onClick={onShowAll}>
          {t('ui.trace-graph-view.show-all', 'Show all')}
        </Button>
      }
    />
  ) : (
    <EmptyState title={t('ui.trace-graph-view.no-span', 'This trace has no span')} />
  );

interface NodeFactsProps {
  readonly node: GraphNode | undefined;
  readonly onSelect: (span: number) => void;
}

/** The node that is looked at, and the way to its spans. */
function NodeFacts({ node, onSelect }: NodeFactsProps) {
  const styles = useStyles2(getStyles);
  if (node === undefined) {
    return null;
  }
  const { slowest, failed, ownCalls } = node;
  const own =
    ownCalls === 0
      ? ''
      : t('ui.trace-graph-view.own-calls', ', {{number}} of them below another of its own', {
          number: ownCalls.toLocaleString('en-US'),
        });
  return (
    <div className={styles.facts}>
      <span className={styles.node}>
        <b>{nameOfNode(node)}</b>: {describeNode(node)}
        {own}
      </span>
      <Button size="sm" variant="secondary" onClick={() => onSelect(slowest)}>
        {t('ui.trace-graph-view.show-slowest', 'Show slowest span')}
      </Button>
      {failed !== null && (
        <Button size="sm" variant="secondary" onClick={() => onSelect(failed)}>
          {t('ui.trace-graph-view.show-failed', 'Show first failed span')}
        </Button>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), minWidth: 0 }),
  controls: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2), alignItems: 'center' }),
  words: css({ margin: 0, color: theme.colors.text.secondary }),
  facts: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'center' }),
  node: css({ flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' }),
});
