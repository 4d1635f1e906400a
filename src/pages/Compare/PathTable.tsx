import { Button, Text } from '@grafana/ui';
import { useState } from 'react';
import type { PathDifference } from '../../core/traces/compare/comparison.ts';
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
      header: 'Service and operation',
      onCard: 'title',
      cell: (path) => <PathName path={path} place={places.get(path.path)} />,
    },
    {
      id: 'adds',
      header: 'Adds',
      width: '210px',
      cell: ({ contributionNs }) => <ContributionBar ns={contributionNs} mostNs={mostNs} />,
    },
    { id: 'median', header: 'Median', align: 'right', width: '150px', cell: (path) => <MedianCell path={path} /> },
    { id: 'p95', header: 'p95', align: 'right', width: '150px', cell: (path) => <P95Cell path={path} /> },
    {
      id: 'self',
      header: 'Self',
      align: 'right',
      width: '150px',
      onCard: 'hidden',
      cell: (path) => <SelfCell path={path} />,
    },
    { id: 'count', header: 'Per trace', align: 'right', width: '110px', cell: (path) => <CountCell path={path} /> },
    { id: 'errors', header: 'Failed', align: 'right', width: '120px', cell: (path) => <ErrorsCell path={path} /> },
    { id: 'examples', header: 'Examples', width: '90px', cell: (path) => <Examples a={path.a} b={path.b} /> },
  ];
  return (
    <>
      <DataTable label="Paths" columns={columns} rows={shown} rowKey={({ path }) => String(path)} />
      {shown.length < paths.length && (
        <div>
          <Button size="sm" variant="secondary" onClick={() => setWhole(true)}>
            Show all {paths.length} paths
          </Button>
        </div>
      )}
      {paths.length === 0 && <Text color="secondary">No path fits the filter.</Text>}
    </>
  );
}
