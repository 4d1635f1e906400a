import { Button, Text } from '@grafana/ui';
import { useState } from 'react';
import type { PathDifference } from '../../core/traces/compare/comparison.ts';
import { t } from '../../i18n/t.ts';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { ContributionBar } from './ContributionBar.tsx';
import { CountCell, ErrorsCell, Examples, MedianCell, P95Cell, PathName, SelfCell } from './PathCells.tsx';

/** A screen or two; the rest on demand. */
const SHOWN_FIRST = 50;

export interface PathTableProps {
  readonly paths: readonly PathDifference[];
  /** The largest contribution of all paths, whether they are shown or not. */
  readonly mostNs: number;
  /** See `placesOf`. */
  readonly places: ReadonlyMap<number, string>;
}

/** Paths by what they contribute, the most first. */
export function PathTable({ paths, mostNs, places }: PathTableProps) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? paths : paths.slice(0, SHOWN_FIRST);
  const columns: ReadonlyArray<DataColumn<PathDifference>> = [
    {
      id: 'path',
      header: t('compare.path-table.service-and-operation', 'Service and operation'),
      onCard: 'title',
      cell: (path) => <PathName path={path} place={places.get(path.path)} />,
    },
    {
      id: 'adds',
      header: t('compare.path-table.adds', 'Adds'),
      width: '156px',
      cell: ({ contributionNs }) => <ContributionBar ns={contributionNs} mostNs={mostNs} />,
    },
    {
      id: 'median',
      header: t('compare.path-table.median', 'Median'),
      align: 'right',
      width: '150px',
      cell: (path) => <MedianCell path={path} />,
    },
    {
      id: 'p95',
      header: t('compare.path-table.p95', 'p95'),
      align: 'right',
      width: '150px',
      cell: (path) => <P95Cell path={path} />,
    },
    {
      id: 'self',
      header: t('compare.path-table.self', 'Self'),
      align: 'right',
      width: '150px',
      onCard: 'hidden',
      cell: (path) => <SelfCell path={path} />,
    },
    {
      id: 'count',
      header: t('compare.path-table.per-trace', 'Per trace'),
      align: 'right',
      width: '110px',
      cell: (path) => <CountCell path={path} />,
    },
    {
      id: 'errors',
      header: t('compare.path-table.failed', 'Failed'),
      align: 'right',
      width: '120px',
      cell: (path) => <ErrorsCell path={path} />,
    },
    {
      id: 'examples',
      header: t('compare.path-table.examples', 'Examples'),
      width: '90px',
      cell: (path) => <Examples a={path.a} b={path.b} />,
    },
  ];
  return (
    <>
      <DataTable
        label={t('compare.path-table.paths', 'Paths')}
        columns={columns}
        rows={shown}
        rowKey={({ path }) => String(path)}
      />
      {shown.length < paths.length && (
        <div>
          <Button size="sm" variant="secondary" onClick={() => setWhole(true)}>
            {t('compare.path-table.show-all', 'Show all {{number}} paths', { number: paths.length })}
          </Button>
        </div>
      )}
      {paths.length === 0 && (
        <Text color="secondary">{t('compare.path-table.no-path-fits', 'No path matches the filter.')}</Text>
      )}
    </>
  );
}
