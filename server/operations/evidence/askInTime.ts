import type { NonEmpty } from '../../../src/core/evidence/windows.ts';
import type { Deps } from '../../deps.ts';
import { messageOf } from '../../errors.ts';

/** The longest that one source may take for its part of the evidence. */
export const PART_MS = 5000;

export interface InTime {
  readonly clock: Deps['clock'];
  /** Ends when the caller goes. */
  readonly signal: AbortSignal;
  readonly ms: number;
  /** Begins the sentence when the time is up: `Loki`. */
  readonly who: string;
}

/** An answer, or the sentence that says why there is none. */
export type Answered<T> = { readonly answer: T } | { readonly failed: string };

/** Asks with a deadline; never throws, because each part of the evidence answers by itself. */
export async function askInTime<T>(
  { clock, signal, ms, who }: InTime,
  ask: (signal: AbortSignal) => Promise<T>
): Promise<Answered<T>> {
  const late = new AbortController();
  const cancel = clock.after(ms, () => late.abort());
  try {
    return { answer: await ask(AbortSignal.any([signal, late.signal])) };
  } catch (error) {
    return { failed: late.signal.aborted ? `${who} gave no answer within ${ms / 1000} s.` : messageOf(error) };
  } finally {
    cancel();
  }
}

export interface Found<A, T> {
  /** The last one made. */
  readonly attempt: A;
  readonly items: readonly T[];
  /** Why there is no answer to the last attempt, as a sentence. */
  readonly failed: string | null;
}

/** Makes one attempt after the other until one gives something, all of them within one deadline. */
export async function untilFound<A, T>(
  attempts: NonEmpty<A>,
  inTime: InTime,
  ask: (attempt: A, signal: AbortSignal) => Promise<readonly T[]>
): Promise<Found<A, T>> {
  let reached: A = attempts[0];
  const answered = await askInTime(inTime, async (signal): Promise<readonly T[]> => {
    for (const attempt of attempts) {
      reached = attempt;
      const items = await ask(attempt, signal);
      if (items.length > 0) {
        return items;
      }
    }
    return [];
  });
  return 'answer' in answered
    ? { attempt: reached, items: answered.answer, failed: null }
    : { attempt: reached, items: [], failed: answered.failed };
}
