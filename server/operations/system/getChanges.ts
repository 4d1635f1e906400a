import * as contract from '../../../src/api/system.ts';
import { CHANGE_TOPICS, type ChangeTopic } from '../../../src/api/system.ts';
import type { Deps } from '../../deps.ts';
import { EngineError } from '../../errors.ts';
import type { Change } from '../../store/changeRepository.ts';
import { query } from '../operation.ts';

const DEFAULT_WAIT_S = 25;
const MAX_IDS = 100;

const isTopic = (topic: string): topic is ChangeTopic => CHANGE_TOPICS.some((known) => known === topic);

export const getChanges = query(contract.getChanges, async (deps, { identity, signal }, { since, wait }) => {
  const { namespace } = identity;
  const { changes } = deps.store.read;
  if (since === undefined) {
    return { cursor: String(await changes.newest(namespace)), topics: [], ids: [] };
  }
  const seq = parseCursor(since);
  const deadline = (wait ?? DEFAULT_WAIT_S) * 1000;
  const leave = deadline > 0 ? deps.changePolls.open(identity) : undefined;
  try {
    const found = await changesAfter(deps, namespace, { seq, deadline, signal });
    return summarise(found, since);
  } finally {
    leave?.();
  }
});

function parseCursor(since: string): number {
  if (!/^\d{1,15}$/.test(since)) {
    throw new EngineError('invalid_input', 'since: expected a cursor from an earlier answer', {
      errors: [{ path: 'since', message: 'expected a cursor from an earlier answer' }],
    });
  }
  return Number(since);
}

type SeenChange = Change & { readonly seq: number };

async function changesAfter(
  deps: Deps,
  namespace: string,
  { seq, deadline, signal }: { seq: number; deadline: number; signal: AbortSignal }
): Promise<readonly SeenChange[]> {
  const { changePolls } = deps;
  const look = async (): Promise<readonly SeenChange[]> => {
    const { changes: found, oldest, newest } = await changePolls.since(namespace, seq);
    if (seq > newest || (seq < oldest - 1 && newest > 0)) {
      throw new EngineError(
        'cursor_expired',
        'The cursor is too old, or from another store: load everything again and start without a cursor.'
      );
    }
    return found;
  };
  // Listen before looking: a commit in between must not be missed.
  const waiter = commitWaiter(deps, namespace, { deadline, signal });
  try {
    let found = await look();
    while (found.length === 0 && (await waiter.next())) {
      found = await look();
    }
    return found;
  } finally {
    waiter.close();
  }
}

/** Turns commits into awaitable ticks; `next` is false once the time is up or the caller has gone. */
function commitWaiter(deps: Deps, namespace: string, { deadline, signal }: { deadline: number; signal: AbortSignal }) {
  let pending = false;
  let over = signal.aborted || deadline === 0;
  let wake: () => void = () => undefined;
  const end = (): void => {
    over = true;
    wake();
  };
  const stopListening = deps.store.read.changes.onCommit((changed) => {
    if (changed === namespace) {
      pending = true;
      wake();
    }
  });
  const stopTimer = deps.clock.after(deadline, end);
  signal.addEventListener('abort', end);
  return {
    async next(): Promise<boolean> {
      if (!pending && !over) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const ticked = pending;
      pending = false;
      return ticked;
    },
    close(): void {
      stopListening();
      stopTimer();
      signal.removeEventListener('abort', end);
    },
  };
}

function summarise(found: readonly SeenChange[], since: string) {
  const last = found.at(-1);
  const ids = [...new Set(found.map(({ id }) => id).filter((id) => id !== ''))];
  const whole = found.some(({ id }) => id === '') || ids.length > MAX_IDS;
  return {
    cursor: last === undefined ? since : String(last.seq),
    topics: [...new Set(found.map(({ topic }) => topic))].filter(isTopic),
    ids: whole ? [] : ids,
  };
}
