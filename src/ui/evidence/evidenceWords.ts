import type { DeployEvidence, LogEvidence, TraceEvidence } from '../../core/evidence/evidence.ts';
import { formatValue } from '../../core/signals/formatValue.ts';

/** How a window is written for the viewer. */
export type WriteWindow = (window: { readonly from: number; readonly to: number }) => string;

export interface Words {
  readonly service: string;
  readonly write: WriteWindow;
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What the deploys come to where there is none. */
export function describeNoDeploy({ versions, window }: DeployEvidence, { service, write }: Words): string {
  const ran = versions.length === 1 ? `${versions[0]} ran all along` : `${versions.join(' and ')} ran side by side`;
  return `No new version of ${service} from ${write(window)}: ${ran}.`;
}

/** How many lines, of which levels, of which time. */
export function describeLogs({ items, levels, order, more, window }: LogEvidence, { service, write }: Words): string {
  if (items.length === 0) {
    return `Loki has no line of ${service} from ${write(window)}.`;
  }
  const which = levels === 'warning' ? ' of level warning and above' : '';
  const end = order === 'oldest_first' ? 'first' : 'newest';
  const many = more ? `The ${end} ${counted(items.length, 'line')}` : counted(items.length, 'line');
  return `${many}${which} from ${write(window)}${more ? '; there may be more' : ''}.`;
}

/** How many traces, and what brought them here. */
export function describeTraces({ items, slowerThan, more, window }: TraceEvidence, { service, write }: Words): string {
  const slow = slowerThan === null ? '' : ` or took longer than ${formatValue(slowerThan, 'seconds')}`;
  const why = `in which ${service} failed${slow}`;
  if (items.length === 0) {
    return `No trace from ${write(window)} ${why}.`;
  }
  const many = more ? `${items.length} of the traces` : counted(items.length, 'trace');
  return `${many} from ${write(window)} ${why}${more ? '; there may be more' : ''}.`;
}
