import type { AsyncReason } from './blocking.ts';
import type { ErrorEnd } from './errorSpread.ts';
import type { SpanException } from './exceptionOf.ts';

/** What became of one failure, or of several that came about and ended in the same way. */
export interface ErrorStory {
  /** The deepest failed spans, by start; the story is that of the first. */
  readonly origins: readonly number[];
  /** Failed spans from the origin upwards. */
  readonly chain: readonly number[];
  readonly end: ErrorEnd;
  /** The first failed span that a user sees of it, or null. */
  readonly visible: number | null;
  /** The span above the chain, which did not fail or did not wait, or null. */
  readonly stoppedAt: number | null;
  /** Where it is masked: the next span further up that failed too, perhaps because of this, or null. */
  readonly again: number | null;
  /** All such spans, from there upwards. */
  readonly alsoFailed: readonly number[];
  /** The span above the last that failed, which did not and had waited, or null. */
  readonly handledBy: number | null;
  /** Why the span above did not wait. */
  readonly notAwaited: AsyncReason | null;
  readonly retry: StoryRetry | null;
  readonly exception: SpanException;
  /** The message without what varies between its like. */
  readonly template: string;
  /** For a reader, in order. */
  readonly sentences: readonly string[];
}

export interface StoryRetry {
  /** The first try. */
  readonly span: number;
  readonly tries: number;
  readonly succeeded: boolean;
}

export interface ErrorStories {
  /** The gravest end first, then by start. */
  readonly stories: readonly ErrorStory[];
  /** Stories that are not told for want of room. */
  readonly more: number;
}
