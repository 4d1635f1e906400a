import type { Acknowledgement, AlertState, Suppression } from '../core/alerts/alert.ts';

/** What decides whether an alert wants a person now. */
export interface Standing {
  readonly state: AlertState;
  readonly acknowledged: Pick<Acknowledgement, 'by' | 'comment'> | null;
  readonly suppressedBy: ReadonlyArray<Pick<Suppression, 'kind'>>;
}

const SUPPRESSED = { silence: 'silenced', inhibition: 'inhibited', shelve: 'shelved' } as const;

/** Who has it: `acknowledged by you, "deploy"`, `silenced`, or `unacknowledged`. `me` is the name of who is looking. */
export function describeStanding({ acknowledged, suppressedBy, state }: Standing, me: string | undefined): string {
  const parts: string[] = [];
  if (acknowledged !== null) {
    const by = acknowledged.by === me ? 'you' : acknowledged.by;
    parts.push(`acknowledged by ${by}${acknowledged.comment === '' ? '' : `, "${acknowledged.comment}"`}`);
  }
  parts.push(...new Set(suppressedBy.map(({ kind }) => SUPPRESSED[kind])));
  return parts.length > 0 || state === 'resolved' ? parts.join(', ') : 'unacknowledged';
}
