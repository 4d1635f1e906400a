import { ApiError } from '../api/apiError.ts';
import type { ChangeTopic } from '../api/system.ts';

export interface Changes {
  readonly cursor: string;
  readonly topics: readonly ChangeTopic[];
  readonly ids: readonly string[];
}

export type ChangeEvent =
  /** The engine answered: what is shown is as new as this moment. */
  | { readonly kind: 'contact' }
  | { readonly kind: 'changed'; readonly topics: readonly ChangeTopic[] }
  /** Too much was missed to say what changed. */
  | { readonly kind: 'reload' }
  /** Contact was lost; it is tried again. */
  | { readonly kind: 'lost'; readonly reason: string };

export type ChangeListener = (event: ChangeEvent) => void;

export interface ChangeFeed {
  /** Begins to listen; the poll runs as long as somebody does. Returns the function that ends it. */
  readonly subscribe: (listener: ChangeListener) => () => void;
}

export interface ChangeFeedParts {
  /** One long poll; `since` is undefined for the first, which is answered at once. */
  readonly poll: (since: string | undefined, signal: AbortSignal) => Promise<Changes>;
  readonly isVisible: () => boolean;
  readonly onVisibilityChange: (listener: () => void) => void;
  /** Milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

const FIRST_BACK_OFF_MS = 1000;
const LONGEST_BACK_OFF_MS = 30_000;
/** Between two polls, so that an engine with much to tell cannot make a page ask without a break. */
const SHORTEST_ROUND_MS = 1000;

const CURSOR_EXPIRED = 410;

/**
 * Listens for changes by long poll while somebody subscribes and the document is visible.
 * Between failures it waits 1–30 s with full jitter above the first second, and not less than the engine asks for.
 */
export function createChangeFeed(parts: ChangeFeedParts): ChangeFeed {
  const listeners = new Set<ChangeListener>();
  let cursor: string | undefined;
  let failures = 0;
  let running: AbortController | undefined;

  const emit = (event: ChangeEvent) => listeners.forEach((listener) => listener(event));

  async function round(signal: AbortSignal): Promise<void> {
    const started = parts.now();
    const answer = await parts.poll(cursor, signal);
    cursor = answer.cursor;
    failures = 0;
    emit({ kind: 'contact' });
    if (answer.topics.length > 0) {
      emit({ kind: 'changed', topics: answer.topics });
    }
    await parts.sleep(Math.max(0, started + SHORTEST_ROUND_MS - parts.now()), signal);
  }

  async function recover(error: unknown, signal: AbortSignal): Promise<void> {
    if (error instanceof ApiError && error.status === CURSOR_EXPIRED && cursor !== undefined) {
      cursor = undefined;
      emit({ kind: 'reload' });
      return;
    }
    failures += 1;
    emit({ kind: 'lost', reason: error instanceof Error ? error.message : String(error) });
    const ceiling = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** failures);
    const backOff = FIRST_BACK_OFF_MS + parts.random() * (ceiling - FIRST_BACK_OFF_MS);
    const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
    await parts.sleep(Math.max(backOff, asked), signal);
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await round(signal);
      } catch (error) {
        if (!signal.aborted) {
          await recover(error, signal).catch(() => undefined);
        }
      }
    }
  }

  function update(): void {
    const wanted = listeners.size > 0 && parts.isVisible();
    if (wanted && running === undefined) {
      running = new AbortController();
      void run(running.signal);
    } else if (!wanted && running !== undefined) {
      running.abort(new Error('nobody is looking'));
      running = undefined;
    }
  }

  parts.onVisibilityChange(update);
  return {
    subscribe(listener) {
      listeners.add(listener);
      update();
      return () => {
        listeners.delete(listener);
        update();
      };
    },
  };
}

/** App, panels and data source are bundles of their own: what they share must hang on the document, not on a module. */
const SHARED = Symbol.for('pharos.changes');

/** The document's one feed for an engine; made by whoever asks first. */
export function sharedChangeFeed(engine: string, create: () => ChangeFeed): ChangeFeed {
  const held: unknown = Reflect.get(globalThis, SHARED);
  const feeds = held instanceof Map ? held : new Map<string, ChangeFeed>();
  Reflect.set(globalThis, SHARED, feeds);
  const feed: ChangeFeed = feeds.get(engine) ?? create();
  feeds.set(engine, feed);
  return feed;
}
