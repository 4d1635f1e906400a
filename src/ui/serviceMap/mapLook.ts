import { SEVERITIES, type Severity } from '../../core/alerts/severity.ts';
import type { ChangeKind } from '../../core/serviceMap/diffServiceMaps.ts';
import type { CallKind, NodeKind } from '../../core/serviceMap/serviceMap.ts';
import type { Unit } from '../../core/signals/catalogue.ts';
import { formatValue } from '../../core/signals/formatValue.ts';
import { inSentence } from '../../i18n/inSentence.ts';
import { t } from '../../i18n/t.ts';
import { HEALTH_LOOK, look, type StateLook, type Tone } from '../tone.ts';
import type { ShownEdge, ShownFigures, ShownNode } from './shownMap.ts';

export const KIND_LOOK: Readonly<Record<NodeKind, StateLook>> = {
  service: look('quiet', 'cube', () => t('ui.map-look.service', 'Service')),
  database: look('quiet', 'database', () => t('ui.map-look.database', 'Database')),
  queue: look('quiet', 'list-ul', () => t('ui.map-look.queue', 'Queue')),
  external: look('quiet', 'cloud', () => t('ui.map-look.outside', 'Outside')),
  user: look('quiet', 'user', () => t('ui.map-look.users', 'Users')),
};

const CALL_WORDS: Readonly<Record<CallKind, () => string>> = {
  call: () => t('ui.map-look.calls', 'Calls'),
  database: () => t('ui.map-look.queries', 'Queries'),
  messaging: () => t('ui.map-look.messages', 'Messages'),
  outside: () => t('ui.map-look.one-side', 'Calls, one side without spans'),
};

export const callWord = (kind: CallKind): string => CALL_WORDS[kind]();

export const CHANGE_LOOK: Readonly<Record<ChangeKind, StateLook>> = {
  new: look('info', 'plus-circle', () => t('ui.map-look.new', 'New')),
  gone: look('quiet', 'minus-circle', () => t('ui.map-look.gone', 'Gone')),
  more_errors: look('error', 'times-circle', () => t('ui.map-look.more-errors', 'More errors')),
  slower: look('warning', 'clock-nine', () => t('ui.map-look.slower', 'Slower')),
};

const GONE_LOOK: StateLook = look('quiet', 'minus-circle', () => t('ui.map-look.gone', 'Gone'));
const UNWATCHED_LOOK: StateLook = look('quiet', 'circle', () => t('ui.map-look.no-figures', 'No figures'));

/** Of users nothing can be healthy or not; of what nobody counts nothing is known. */
export function nodeLook({ kind, gone, health, received }: ShownNode): StateLook {
  if (gone) {
    return GONE_LOOK;
  }
  if (kind === 'user') {
    return KIND_LOOK.user;
  }
  return health.state === 'unknown' && received === null && health.why === null
    ? UNWATCHED_LOOK
    : HEALTH_LOOK[health.state];
}

/** Shares of failed calls from which a line looks so. */
export const MANY_FAIL = 0.05;
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
  rate === null
    ? t('ui.map-look.counted-calls', '', {
        count: Math.round(calls),
        defaultValue_one: '{{count}} call',
        defaultValue_other: '{{count}} calls',
      })
    : short(rate, 'per_second');

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
    return [inSentence(CHANGE_LOOK[kind].word), told[kind]].filter((line) => line !== '');
  });

export interface AlertBadge {
  readonly count: number;
  readonly worst: Severity;
}

export function alertBadge({ alerts }: Pick<ShownNode, 'alerts'>): AlertBadge | undefined {
  const worst = SEVERITIES.findLast((severity) => alerts[severity] > 0);
  return worst && { worst, count: SEVERITIES.reduce((sum, severity) => sum + alerts[severity], 0) };
}

export const alertsText = ({ count }: AlertBadge): string =>
  t('ui.map-look.alerts', '', { count, defaultValue_one: '{{count}} alert', defaultValue_other: '{{count}} alerts' });

/** What is said of a node beside its state: that it is new, or gone though something still knows it. */
export const nodeChanges = ({ changes, gone }: Pick<ShownNode, 'changes' | 'gone'>): readonly StateLook[] =>
  gone ? [] : changes.map(({ kind }) => CHANGE_LOOK[kind]);

/** A node in words: what is written on it, in that order, so that who speaks to the browser can name it; then its kind. */
export function describeNode(node: ShownNode): string {
  const badge = alertBadge(node);
  return [
    node.name,
    ...(node.kind === 'user' ? [] : [nodeLook(node).word]),
    ...(badge === undefined ? [] : [alertsText(badge)]),
    ...nodeChanges(node).map(({ word }) => word),
    ...(node.received === null ? [] : [figuresText(node.received)]),
    inSentence(KIND_LOOK[node.kind].word),
  ].join(', ');
}
