import { isNobody, senderOf, type Identity } from '../../../src/core/identity.ts';
import { EngineError } from '../../errors.ts';
import type { ChangeRepository } from '../../store/changeRepository.ts';

type Repository = Pick<ChangeRepository, 'since' | 'onCommit'>;

/** What the long polls of an engine share: places, of which there are only so many, and what they read after a commit. */
export interface ChangePolls extends Pick<ChangeRepository, 'since'> {
  /**
   * Takes a place for a poll that waits.
   * @returns what gives it back
   * @throws EngineError `overloaded`
   */
  open(identity: Identity): () => void;
}

/** A page has one for all that is on it, and none while it is hidden. */
const MOST_OF_ONE = 20;
/** Where Grafana does not say who is calling, they are many. */
const MOST_OF_NOBODY = 200;
const MOST_OF_ALL = 1000;
const RETRY_AFTER_S = 5;

export function createChangePolls(changes: Repository): ChangePolls {
  return { open: createPlaces(), since: shareReads(changes) };
}

function createPlaces(): ChangePolls['open'] {
  const byCaller = new Map<string, number>();
  let all = 0;

  const lackFor = (identity: Identity, open: number): string | undefined => {
    if (all >= MOST_OF_ALL) {
      return `${MOST_OF_ALL} long polls are open, which is as many as one engine takes`;
    }
    const most = isNobody(identity) ? MOST_OF_NOBODY : MOST_OF_ONE;
    return open < most
      ? undefined
      : `${identity.name} has ${most} long polls open, which is as many as one caller may have`;
  };

  return (identity) => {
    const key = senderOf(identity);
    const open = byCaller.get(key) ?? 0;
    const lack = lackFor(identity, open);
    if (lack !== undefined) {
      throw new EngineError('overloaded', `${lack}: end some of them, or ask with "wait" 0.`, {
        retryAfter: RETRY_AFTER_S,
      });
    }
    byCaller.set(key, open + 1);
    all += 1;
    return () => {
      all -= 1;
      const left = (byCaller.get(key) ?? 1) - 1;
      if (left === 0) {
        byCaller.delete(key);
      } else {
        byCaller.set(key, left);
      }
    };
  };
}

/** A commit wakes all polls of a namespace, most of which ask for the same: one question answers them. */
function shareReads(changes: Repository): ChangePolls['since'] {
  const running = new Map<string, Map<number, ReturnType<ChangePolls['since']>>>();
  // What was asked before a commit may not know of it. This listens longer than any poll, and so hears of it first.
  changes.onCommit((namespace) => running.delete(namespace));
  return (namespace, seq) => {
    const ofNamespace = running.get(namespace) ?? new Map<number, ReturnType<ChangePolls['since']>>();
    const present = ofNamespace.get(seq);
    if (present !== undefined) {
      return present;
    }
    const reading = changes.since(namespace, seq).finally(() => {
      ofNamespace.delete(seq);
      if (ofNamespace.size === 0 && running.get(namespace) === ofNamespace) {
        running.delete(namespace);
      }
    });
    running.set(namespace, ofNamespace.set(seq, reading));
    return reading;
  };
}
