import type { IconName } from '@grafana/data';
import { SEVERITIES, type Severity } from '../../core/alerts/severity.ts';
import type { ChangeKind } from '../../core/serviceMap/diffServiceMaps.ts';
import type { CallKind, NodeKind } from '../../core/serviceMap/serviceMap.ts';
import type { Unit } from '../../core/signals/catalogue.ts';
import { formatValue } from '../../core/signals/formatValue.ts';
import { HEALTH_LOOK, type StateLook, type Tone } from '../tone.ts';
import type { ShownEdge, ShownFigures, ShownNode } from './shownMap.ts';

export const KIND_LOOK: Readonly<Record<NodeKind, { readonly icon: IconName; readonly word: string }>> = {
  service: { icon: 'cube', word: 'Service' },
  database: { icon: 'database', word: 'Database' },
  queue: { icon: 'list-ul', word: 'Queue' },
  external: { icon: 'cloud', word: 'Outside' },
  user: { icon: 'user', word: 'Users' },
};

export const CALL_WORD: Readonly<Record<CallKind, string>> = {
  call: 'Calls',
  database: 'Queries',
  messaging: 'Messages',
  outside: 'Calls, one side without spans',
};

export const CHANGE_LOOK: Readonly<Record<ChangeKind, StateLook>> = {
  new: { tone: 'info', icon: 'plus-circle', word: 'New' },
  gone: { tone: 'quiet', icon: 'minus-circle', word: 'Gone' },
  more_errors: { tone: 'error', icon: 'times-circle', word: 'More errors' },
  slower: { tone: 'warning', icon: 'clock-nine', word: 'Slower' },
};

const GONE_LOOK: StateLook = { tone: 'quiet', icon: 'minus-circle', word: 'Gone' };
const UNWATCHED_LOOK: StateLook = { tone: 'quiet', icon: 'circle', word: 'No figures' };

/** Of users nothing can be healthy or not; of what nobody counts nothing is known. */
export function nodeLook({ kind, gone, health, received }: ShownNode): StateLook {
  if (gone) {
    return GONE_LOOK;
  }
  if (kind === 'user') {
    return { tone: 'quiet', icon: 'user', word: 'Users' };
  }
  return health.state === 'unknown' && received === null && health.why === null
    ? UNWATCHED_LOOK
    : HEALTH_LOOK[health.state];
}

/** Shares of failed calls from which a line looks so. */
const MANY_FAIL = 0.05;
const SOME_FAIL = 0.01;

export function edgeTone({ figures, changes }: Pick<ShownEdge, 'figures' | 'changes'>): Tone {
  const kinds = changes.map(({ kind }) => kind);
  const errors = figures.errorRatio ?? 0;
  if (kinds.includes('more_errors') || errors >= MANY_FAIL) {
    return 'error';
  }
  if (kinds.includes('slower') || errors >= SOME_FAIL) {
    return 'warning';
  }
  return kinds.includes('new') ? 'info' : 'quiet';
}

/** A thousand times the calls are thrice the width. */
export function edgeWidth({ calls }: ShownFigures): number {
  return 1.25 + Math.min(2.75, Math.log10(1 + calls) * 0.6);
}

/** Two digits: there is no room for three, and the lists have them. */
const short = (value: number, unit: Unit): string => formatValue(Number(value.toPrecision(2)), unit);

const oftenText = ({ rate, calls }: ShownFigures): string =>
  rate === null ? `${Math.round(calls)} calls` : short(rate, 'per_second');

const failedAndSlow = ({ errorRatio, p95 }: ShownFigures): readonly string[] => [
  ...(errorRatio === null ? [] : [short(errorRatio, 'ratio')]),
  ...(p95 === null ? [] : [short(p95, 'seconds')]),
];

/** How often; how much of it failed and how long it took: `12/s` and `4.1 % · 120 ms`. A sample has calls in place of a rate. */
export function figuresLines(figures: ShownFigures): readonly string[] {
  const rest = failedAndSlow(figures);
  return rest.length === 0 ? [oftenText(figures)] : [oftenText(figures), rest.join(' · ')];
}

export const figuresText = (figures: ShownFigures): string =>
  [oftenText(figures), ...failedAndSlow(figures)].join(' · ');

/** What changed, each with the figure that tells it below: `slower`, `980 ms`. */
export const changeLines = ({ changes, figures }: Pick<ShownEdge, 'changes' | 'figures'>): readonly string[] =>
  changes.flatMap(({ kind }) => {
    const told: Readonly<Record<ChangeKind, string>> = {
      new: oftenText(figures),
      gone: '',
      more_errors: figures.errorRatio === null ? '' : short(figures.errorRatio, 'ratio'),
      slower: figures.p95 === null ? '' : short(figures.p95, 'seconds'),
    };
    return [CHANGE_LOOK[kind].word.toLowerCase(), told[kind]].filter((line) => line !== '');
  });

export interface AlertBadge {
  readonly count: number;
  readonly worst: Severity;
}

export function alertBadge({ alerts }: Pick<ShownNode, 'alerts'>): AlertBadge | undefined {
  const worst = SEVERITIES.findLast((severity) => alerts[severity] > 0);
  return worst && { worst, count: SEVERITIES.reduce((sum, severity) => sum + alerts[severity], 0) };
}

export const alertsText = ({ count }: AlertBadge): string => `${count} ${count === 1 ? 'alert' : 'alerts'}`;

/** A node in words: what is written on it, in that order, so that who speaks to the browser can name it; then its kind. */
export function describeNode(node: ShownNode): string {
  const badge = alertBadge(node);
  return [
    node.name,
    ...(node.kind === 'user' ? [] : [nodeLook(node).word]),
    ...(badge === undefined ? [] : [alertsText(badge)]),
    ...(node.received === null ? [] : [figuresText(node.received)]),
    KIND_LOOK[node.kind].word.toLowerCase(),
  ].join(', ');
}
