import type { Labels } from '../../../core/labels.ts';
import type { Matcher } from '../../../core/matchers.ts';
import { epochMs, hours, days, minutes, type EpochMs } from '../../../core/units.ts';

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
export const DEFAULT_EXPIRY = 1;

/** When a silence of so many presets down the list ends, epoch ms. */
export const expiryOf = (preset: number, now: number): EpochMs =>
  (EXPIRY_PRESETS[preset] ?? after('2 h', hours(2))).until(now);

/** What the form still lacks before it can be sent, by field; empty when it is whole. */
export function silenceProblems(matchers: readonly Matcher[], comment: string): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  if (matchers.length === 0) {
    problems.set('matchers', 'Add at least one matcher, or every alert would be silenced.');
  }
  matchers.forEach(({ name, value, op }, index) => {
    if (name.trim() === '') {
      problems.set(`matchers[${index}].name`, 'Enter a label name.');
    } else if (value === '' && (op === '=' || op === '=~')) {
      problems.set(`matchers[${index}].value`, 'Enter a value.');
    }
  });
  if (comment.trim() === '') {
    problems.set('comment', 'Say why, for those who wonder later.');
  }
  return problems;
}
