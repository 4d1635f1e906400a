import type { Labels } from '../../../core/labels.ts';
import { formatMatcher, type Matcher } from '../../../core/matchers.ts';
import { epochMs, hours, days, minutes, type EpochMs } from '../../../core/units.ts';
import { t } from '../../../i18n/t.ts';
import { formatField, parseField } from '../../../ui/formatTime.ts';

/** Labels that change with every restart or deployment: a silence on them would miss the next alert of the same trouble. */
const PASSING: ReadonlySet<string> = new Set(['instance', 'pod', 'pod_name', 'container_id', 'version', 'severity']);

/** Matchers for what the alerts have in common. With nothing else in common, passing labels are better than none. */
export function commonMatchers(alerts: ReadonlyArray<{ readonly labels: Labels }>): Matcher[] {
  const [first, ...others] = alerts;
  const shared = Object.entries(first?.labels ?? {}).filter(
    ([name, value]) => value !== '' && others.every(({ labels }) => labels[name] === value)
  );
  const lasting = shared.filter(([name]) => !PASSING.has(name));
  return (lasting.length > 0 ? lasting : shared)
    .map(([name, value]) => ({ name, op: '=' as const, value }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export interface ExpiryPreset {
  readonly label: string;
  /** From the time at which it is asked, epoch ms. */
  readonly until: (now: number) => EpochMs;
}

const after = (label: string, ms: number): ExpiryPreset => ({ label, until: (now) => epochMs(now + ms) });

/** Long enough to fix it, for the shift, overnight, over the holiday. */
export const EXPIRY_PRESETS: readonly ExpiryPreset[] = [
  after('30 m', minutes(30)),
  after('2 h', hours(2)),
  after('8 h', hours(8)),
  after('1 d', days(1)),
  after('1 w', days(7)),
];
/** Two hours. */
const DEFAULT_EXPIRY = 1;
/** In place of a preset's index: the time in the field. */
export const CUSTOM = -1;

/** When a silence is to end, as the form has it. */
export interface ExpiryChoice {
  /** Index of a preset, or `CUSTOM`. */
  readonly preset: number;
  /** What stands in the field, in the viewer's zone. */
  readonly field: string;
}

interface Clock {
  /** Epoch ms. */
  readonly now: number;
  readonly timeZone: string;
}

/** What a form begins with: the end of the silence that is edited, or two hours. */
export const startExpiry = (endsAt: EpochMs | undefined, { now, timeZone }: Clock): ExpiryChoice =>
  endsAt === undefined
    ? { preset: DEFAULT_EXPIRY, field: formatField(now + hours(2), timeZone) }
    : { preset: CUSTOM, field: formatField(endsAt, timeZone) };

/** When the silence ends; undefined while the field holds no time. `kept` is the end that the form began with, to the millisecond. */
export function expiryOf(
  { preset, field }: ExpiryChoice,
  { now, timeZone }: Clock,
  kept?: EpochMs
): EpochMs | undefined {
  const known = EXPIRY_PRESETS[preset];
  if (known !== undefined) {
    return known.until(now);
  }
  if (kept !== undefined && field === formatField(kept, timeZone)) {
    return kept;
  }
  const at = parseField(field, timeZone);
  return at === undefined ? undefined : epochMs(at);
}

export interface SilenceDraft {
  readonly matchers: readonly Matcher[];
  readonly comment: string;
  readonly endsAt: EpochMs | undefined;
}

/** What the form still lacks before it can be sent, by field; empty when it is whole. `now` in epoch ms. */
export function silenceProblems({ matchers, comment, endsAt }: SilenceDraft, now: number): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  if (matchers.length === 0) {
    problems.set(
      'matchers',
      t('alerts.silence-form.add-at-least-one-matcher', 'Add at least one matcher, or every alert would be silenced.')
    );
  }
  matchers.forEach(({ name, value, op }, index) => {
    if (name.trim() === '') {
      problems.set(`matchers[${index}].name`, t('alerts.silence-form.enter-a-label-name', 'Enter a label name.'));
    } else if (value === '' && (op === '=' || op === '=~')) {
      problems.set(`matchers[${index}].value`, t('alerts.silence-form.enter-a-value', 'Enter a value.'));
    }
  });
  if (endsAt === undefined) {
    problems.set('endsAt', t('alerts.silence-form.enter-a-date-and-a', 'Enter a date and a time.'));
  } else if (endsAt <= now) {
    problems.set('endsAt', t('alerts.silence-form.enter-a-time-that-is', 'Enter a time in the future.'));
  }
  if (comment.trim() === '') {
    problems.set(
      'comment',
      t('alerts.silence-form.say-why-for-those-who', 'Enter the reason, so that others can see why.')
    );
  }
  return problems;
}

/** In any order: all of them must hold. */
export function sameMatchers(a: readonly Matcher[], b: readonly Matcher[]): boolean {
  const keys = (all: readonly Matcher[]) => all.map(formatMatcher).toSorted().join();
  return keys(a) === keys(b);
}
