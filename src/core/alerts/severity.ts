import { ownValue } from '../ownValue.ts';

/** From least to most urgent. */
export const SEVERITIES = ['info', 'warning', 'error', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** Most urgent first. */
export const bySeverity = (a: Severity, b: Severity): number => severityRank(b) - severityRank(a);

/** Words that senders use, and what they become. Anything else becomes `warning`: wrong by one step at most, never lost. */
export const SEVERITY_WORDS: Readonly<Record<string, Severity>> = {
  debug: 'info',
  info: 'info',
  information: 'info',
  informational: 'info',
  notice: 'info',
  none: 'info',
  low: 'info',
  p5: 'info',
  p4: 'info',
  warn: 'warning',
  warning: 'warning',
  minor: 'warning',
  medium: 'warning',
  p3: 'warning',
  ticket: 'warning',
  error: 'error',
  err: 'error',
  major: 'error',
  high: 'error',
  p2: 'error',
  critical: 'critical',
  crit: 'critical',
  fatal: 'critical',
  emergency: 'critical',
  disaster: 'critical',
  page: 'critical',
  p1: 'critical',
  p0: 'critical',
};

export interface MappedSeverity {
  readonly severity: Severity;
  /** The sender's own word, when it was not already one of ours; shown beside the alert. */
  readonly mappedFrom?: string;
}

/** Maps a sender's severity word; absent means `warning`, as an alert without severity still wants to be seen. */
export function mapSeverity(word: string | undefined): MappedSeverity {
  if (word === undefined || word === '') {
    return { severity: 'warning' };
  }
  const key = word.toLowerCase();
  const severity = ownValue(SEVERITY_WORDS, key) ?? 'warning';
  return severity === word ? { severity } : { severity, mappedFrom: word };
}
