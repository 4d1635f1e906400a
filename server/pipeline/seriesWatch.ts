import type { Labels } from '../../src/core/labels.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { SeenSeries } from '../store/seenSeriesRepository.ts';
import { createSeenLedger, type SeenLedger } from './seenLedger.ts';

interface Watched extends Asked {
  readonly ruleId: string;
  missing: EpochMs | undefined;
  seen: boolean;
  dismissed: boolean;
}

/** A series, and the question that had it in its answer. */
export interface Asked {
  readonly labels: Labels;
  /** As {@link SeenSeries.asked}. */
  readonly asked: string;
}

export interface SeriesSighting extends Asked {
  readonly ruleId: string;
  /** Since when it is missing; undefined when it has data. */
  readonly missing: EpochMs | undefined;
  /** Its silence is no news after a restart: silence itself is what the rule measures. */
  readonly isAge: boolean;
}

/** Which series each rule has seen, so that their silence is noticed. */
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
  /** The rule no longer waits for these of its series: it names or measures others now. */
  forgetOf(ruleId: string, isFormer: (series: Asked) => boolean): void;
  /**
   * What was seen before a restart is waited for, as long as what was never seen: whoever starts the engine may just have started
   * what it watches.
   */
  recall(series: readonly SeenSeries[]): void;
  readonly ledger: Pick<SeenLedger, 'news' | 'told'>;
}

export function createSeriesWatch(): SeriesWatch {
  const byRule = new Map<string, Map<string, Watched>>();
  const byKey = new Map<string, Watched>();
  const ledger = createSeenLedger();

  const add = (key: string, entry: Watched): void => {
    byKey.set(key, entry);
    const ofRule = byRule.get(entry.ruleId) ?? new Map<string, Watched>();
    byRule.set(entry.ruleId, ofRule.set(key, entry));
  };

  const drop = (key: string): void => {
    byRule.get(byKey.get(key)?.ruleId ?? '')?.delete(key);
    byKey.delete(key);
  };

  const forget = (key: string): void => {
    ledger.leave(key);
    drop(key);
  };

  return {
    ledger,
    note(key, { ruleId, labels, asked, missing, isAge }) {
      const seen = missing === undefined;
      const before = byKey.get(key);
      const isSame = before?.ruleId === ruleId;
      const entry = isSame ? before : { ruleId, labels, asked, missing, seen, dismissed: false };
      if (!isSame) {
        drop(key);
        add(key, entry);
      }
      entry.missing = missing;
      entry.seen ||= seen;
      entry.dismissed &&= !seen;
      const isKept = ledger.has(key);
      if (isKept ? !isSame : seen && !isAge) {
        ledger.keep({ key, ruleId, labels, asked });
      }
    },
    missingSince: (key) => byKey.get(key)?.missing,
    hasSeen: (key) => byKey.get(key)?.seen === true,
    dismiss(key) {
      const entry = byKey.get(key);
      if (entry !== undefined) {
        ledger.leave(key);
        entry.dismissed = true;
      }
    },
    isDismissed: (key) => byKey.get(key)?.dismissed === true,
    labelsOf: (ruleId) => [...(byRule.get(ruleId)?.values() ?? [])].map(({ labels }) => labels),
    forgetRulesBut(ids) {
      for (const [key, { ruleId }] of byKey) {
        if (!ids.has(ruleId)) {
          forget(key);
        }
      }
    },
    forgetOf(ruleId, isFormer) {
      for (const [key, series] of [...(byRule.get(ruleId) ?? [])]) {
        if (isFormer(series)) {
          forget(key);
        }
      }
    },
    recall(series) {
      for (const { key, ...seen } of series) {
        if (!byKey.has(key)) {
          ledger.recalled(key);
          add(key, { ...seen, missing: undefined, seen: false, dismissed: false });
        }
      }
    },
  };
}
