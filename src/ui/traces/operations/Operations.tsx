import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { operationKey, type Operation } from '../../../core/traces/operationIndex.ts';
import { operationTimes } from '../../../core/traces/operationTimes.ts';
import { operationOf, serviceOf } from '../../../core/traces/spanFields.ts';
import { t } from '../../../i18n/t.ts';
import { EmptyState } from '../../EmptyState.tsx';
import type { TraceViewProps } from '../traceView.ts';
import { OperationGrid } from './OperationGrid.tsx';
import { WhatIfPanel } from './WhatIfPanel.tsx';

/** Where the time of a trace went by operation, and what it would take if one were faster. */
export function Operations({ trace, selected }: Omit<TraceViewProps, 'path'>) {
  const styles = useStyles2(getStyles);
  const rows = useMemo(() => operationTimes([trace]), [trace]);
  const [clicked, setClicked] = useState<Picked | null>(null);
  // A span that is selected after a click on a row moves the choice to its operation.
  const picked = clicked?.selected === selected ? clicked.operation : operationAt(trace, selected);
  const chosen = rows.find((row) => picked !== null && operationKey(row) === operationKey(picked)) ?? rows[0];
  if (chosen === undefined) {
    return <EmptyState title={t('ui.operations.no-span', 'This trace has no span')} />;
  }
  return (
    <div className={styles.box}>
      <WhatIfPanel trace={trace} operation={chosen} selected={selected} />
      <OperationGrid
        rows={rows}
        isChosen={(row) => row === chosen}
        onChoose={(operation) => setClicked({ operation, selected })}
      />
    </div>
  );
}

interface Picked {
  readonly operation: Operation;
  /** The span that was selected meanwhile. */
  readonly selected: number | null;
}

const operationAt = (trace: TraceViewProps['trace'], span: number | null): Operation | null =>
  span === null ? null : { service: serviceOf(trace, span), operation: operationOf(trace, span) };

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 }),
});
