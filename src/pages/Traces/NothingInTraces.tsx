import type { IconName } from '@grafana/data';
import type { ReactNode } from 'react';
import type { TraceSetUsed } from '../../api/traces.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { NotKeptNote } from '../../ui/NotKeptNote.tsx';
import { UsedTraces } from '../../ui/traces/UsedTraces.tsx';

export interface NothingInTracesProps {
  readonly used: TraceSetUsed;
  readonly icon: IconName;
  readonly titles: {
    /** All were read, and there is nothing in them. */
    readonly nothing: string;
    /** There is nothing in those that were read; others, or parts, are missing. Left out where any trace is something. */
    readonly nothingRead?: string;
    /** None was read. */
    readonly notRead: string;
  };
  /** What else to say where all were read. */
  readonly children: ReactNode;
}

/** Nothing to show of a set of traces: told apart from traces that could not be read, and from a part of them. */
export function NothingInTraces({ used, icon, titles, children }: NothingInTracesProps) {
  if (used.problem === null) {
    return (
      <EmptyState icon={icon} title={titles.nothing}>
        {children} <NotKeptNote notKept={used.notKept} />
      </EmptyState>
    );
  }
  return used.traces === 0 ? (
    <EmptyState icon="exclamation-triangle" title={titles.notRead}>
      {used.problem}
    </EmptyState>
  ) : (
    <EmptyState icon={icon} title={titles.nothingRead ?? titles.nothing}>
      <UsedTraces used={used} />
    </EmptyState>
  );
}
