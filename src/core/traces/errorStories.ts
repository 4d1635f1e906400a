import { patternOf } from '../evidence/logPatterns.ts';
import { asyncReason } from './blocking.ts';
import { cell } from './column.ts';
import { errorSentences } from './errorSentences.ts';
import { ERROR_ENDS, errorSpread, type ErrorEnd, type ErrorSpread } from './errorSpread.ts';
import type { ErrorStories, StoryRetry, ErrorStory } from './errorStory.ts';
import { exceptionOf, type SpanException } from './exceptionOf.ts';
import type { Trace } from './trace.ts';

/** More are counted, not told. */
const MOST_STORIES = 200;

/**
 * The stories of all failures of a trace: where each began, over which spans it spread, where it ended and who sees it. Failures of the same
 * kind on the same way to the same end are one story.
 */
export function errorStories(trace: Trace): ErrorStories {
  const spread = errorSpread(trace);
  const groups = groupOrigins(trace, spread).sort(
    (a, b) => ERROR_ENDS.indexOf(a.end) - ERROR_ENDS.indexOf(b.end) || a.startNs - b.startNs
  );
  return {
    stories: groups.slice(0, MOST_STORIES).map((group) => tell(trace, spread, group)),
    more: Math.max(0, groups.length - MOST_STORIES),
  };
}

interface Group {
  readonly origins: number[];
  readonly exception: SpanException;
  readonly template: string;
  readonly end: ErrorEnd;
  readonly startNs: number;
}

function groupOrigins(trace: Trace, spread: ErrorSpread): Group[] {
  const groups = new Map<string, Group>();
  for (const origin of spread.origins) {
    const exception = exceptionOf(trace, origin);
    const template = patternOf(exception.message);
    const key = `${cell(spread.way, origin)}\u0000${exception.type}\u0000${template}`;
    const known = groups.get(key);
    if (known === undefined) {
      const end = spread.endOf(origin);
      groups.set(key, { origins: [origin], exception, template, end, startNs: cell(trace.startNs, origin) });
    } else {
      known.origins.push(origin);
    }
  }
  return [...groups.values()];
}

function tell(trace: Trace, spread: ErrorSpread, { origins, exception, template, end }: Group): ErrorStory {
  const origin = origins[0] ?? 0;
  const chain = chainFrom(trace, spread, origin);
  const top = chain.at(-1) ?? origin;
  const above = cell(trace.parent, top);
  const alsoFailed = end === 'masked' ? failedAbove(trace, spread, above) : [];
  const last = alsoFailed.at(-1) ?? top;
  const story = {
    ...{ origins, chain, end, exception, template, alsoFailed },
    again: alsoFailed[0] ?? null,
    visible: orNull(spread.visibleOf(last)),
    stoppedAt: orNull(above),
    handledBy: spread.isAwaited(last) ? orNull(cell(trace.parent, last)) : null,
    notAwaited: spread.isAwaited(top) ? null : asyncReason(trace, top),
    retry: retryIn(chain, spread),
  };
  return { ...story, sentences: errorSentences(trace, story) };
}

const orNull = (span: number): number | null => (span === -1 ? null : span);

function chainFrom(trace: Trace, spread: ErrorSpread, origin: number): readonly number[] {
  const chain = [origin];
  for (let span = origin; spread.spreadsUp(span);) {
    span = cell(trace.parent, span);
    chain.push(span);
  }
  return chain;
}

function failedAbove(trace: Trace, { failed, isAwaited }: ErrorSpread, from: number): readonly number[] {
  const found: number[] = [];
  let span = from;
  while (span !== -1) {
    if (failed[span] === 1) {
      found.push(span);
    }
    span = isAwaited(span) ? cell(trace.parent, span) : -1;
  }
  return found;
}

function retryIn(chain: readonly number[], { tries, spreadsUp }: ErrorSpread): StoryRetry | null {
  for (const span of chain) {
    const found = tries.get(span);
    const succeeded = found !== undefined && found.succeeded !== -1;
    // The parent failed although something of the same name succeeded later: that was no further try.
    if (found !== undefined && !(succeeded && spreadsUp(span))) {
      const [first = span] = found.failed;
      return { span: first, tries: found.failed.length + (succeeded ? 1 : 0), succeeded };
    }
  }
  return null;
}
