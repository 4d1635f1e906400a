import { useTheme2 } from '@grafana/ui';
import { useMemo } from 'react';
import { formatNanoseconds } from '../../core/traces/formatNanoseconds.ts';
import { t } from '../../i18n/t.ts';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { serviceColor } from '../../ui/traces/serviceColor.ts';
import { ShareBar } from '../../ui/traces/ShareBar.tsx';
import { formatShare } from '../../ui/traces/words.ts';
import type { OperationShare } from './readOperations.ts';

const CARDS_BELOW = 480;

export interface OperationListProps {
  readonly operations: readonly OperationShare[];
  readonly width: number;
}

/** What held up the answers, by service and operation. */
export function OperationList({ operations, width }: OperationListProps) {
  const theme = useTheme2();
  const columns = useMemo(
    (): ReadonlyArray<DataColumn<OperationShare>> => [
      {
        ...{ id: 'name', header: t('panel.traces.operation', 'Operation'), onCard: 'title' },
        cell: ({ service, operation }) => `${service}: ${operation}`,
      },
      {
        ...{ id: 'bar', header: t('panel.traces.critical-path', 'Critical path'), width: '30%' },
        cell: ({ share, service }) => <ShareBar share={share} color={serviceColor(theme, service)} />,
      },
      {
        ...{ id: 'share', header: t('panel.traces.share', 'Share'), align: 'right', width: '70px', onCard: 'corner' },
        cell: ({ share }) => formatShare(share, 1),
      },
      {
        ...{ id: 'p50', header: 'p50', align: 'right', width: '90px' },
        cell: ({ p50 }) => formatNanoseconds(p50),
      },
      {
        ...{ id: 'p95', header: 'p95', align: 'right', width: '90px' },
        cell: ({ p95 }) => formatNanoseconds(p95),
      },
    ],
    [theme]
  );
  return (
    <DataTable
      label={t('panel.traces.time-by-operation', 'Time on the critical path by operation')}
      dense
      shape={width < CARDS_BELOW ? 'cards' : 'table'}
      columns={columns}
      rows={operations.filter(({ share }) => share > 0)}
      rowKey={({ service, operation }) => JSON.stringify([service, operation])}
    />
  );
}
