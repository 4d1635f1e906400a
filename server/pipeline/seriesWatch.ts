import type { Labels } from '../../src/core/labels.ts';
import type { EpochMs } from '../../src/core/units.ts';

interface Watched {
  readonly ruleId: string;
  readonly labels: Labels;
  missing: EpochMs | undefined;
  seen: boolean;
  dismissed: boolean;
}

export interface SeriesSighting {
  readonly ruleId: string;
  readonly labels: Labels;
  /** Since when it is missing; undefined when it has data. */
  readonly missing: EpochMs | undefined;
}

/** Which series each rule has seen, so that their silence is noticed. In memory: a restart learns it anew. */
export interface SeriesWatch {
  note(key: string, sighting: SeriesSighting): void;
  missingSince(key: string): EpochMs | undefined;
  /** It had data once. */
  hasSeen(key: string): boolean;
  /** A person closed the alert about its silence: it is not raised again before there is data. */
  dismiss(key: string): void;
  isDismissed(key: string): boolean;
  labelsOf(ruleId: string): readonly Labels[];
  forgetRulesBut(ids: ReadonlySet<string>): void;
}

export function createSeriesWatch(): SeriesWatch {
  const byRule = new Map<string, Map<string, Watched>>();
  const byKey = new Map<string, Watched>();

  const drop = (key: string): void => {
    byRule.get(byKey.get(key)?.ruleId ?? '')?.delete(key);
    byKey.delete(key);
  };

  return {
    note(key, { ruleId, labels, missing }) {
      const seen = missing === undefined;
      const entry = byKey.get(key);
      if (entry?.ruleId === ruleId) {
        entry.missing = missing;
        entry.seen ||= seen;
        entry.dismissed &&= !seen;
        return;
      }
      drop(key);
      const added = { ruleId, labels, missing, seen, dismissed: false };
      byKey.set(key, added);
      const ofRule = byRule.get(ruleId) ?? new Map<string, Watched>();
      byRule.set(ruleId, ofRule.set(key, added));
    },
    missingSince: (key) => byKey.get(key)?.missing,
    hasSeen: (key) => byKey.get(key)?.seen === true,
    dismiss(key) {
      const entry = byKey.get(key);
      if (entry !== undefined) {
        entry.dismissed = true;
      }
    },
    isDismissed: (key) => byKey.get(key)?.dismissed === true,
    labelsOf: (ruleId) => [...(byRule.get(ruleId)?.values() ?? [])].map(({ labels }) => labels),
    forgetRulesBut(ids) {
      for (const [key, { ruleId }] of byKey) {
        if (!ids.has(ruleId)) {
          drop(key);
        }
      }
    },
  };
}
