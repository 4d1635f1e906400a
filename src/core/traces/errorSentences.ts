import { ASYNC_REASON_WORDS } from './blocking.ts';
import { cell } from './column.ts';
import type { ErrorStory } from './errorStory.ts';
import { formatNanoseconds } from './formatNanoseconds.ts';
import { operationOf, serviceOf } from './spanFields.ts';
import type { Trace } from './trace.ts';

/** More spans on the way are counted. */
const MOST_NAMED = 3;
const LONGEST_MESSAGE = 300;

/** An error story as a person would tell it. */
export function errorSentences(trace: Trace, story: Omit<ErrorStory, 'sentences'>): readonly string[] {
  const named = (span: number | null): string =>
    span === null ? 'the span above' : `${serviceOf(trace, span)}: ${operationOf(trace, span)}`;
  return [
    originSentence(trace, story, named),
    retrySentence(story, named),
    spreadSentence(story, named),
    endSentence(story, named),
  ].filter((sentence) => sentence !== '');
}

type Story = Omit<ErrorStory, 'sentences'>;
type Named = (span: number | null) => string;

function originSentence(trace: Trace, { origins, exception }: Story, named: Named): string {
  const [first = 0] = origins;
  const at = formatNanoseconds(cell(trace.endNs, first));
  const times = origins.length === 1 ? `failed at ${at}` : `failed ${origins.length} times, first at ${at}`;
  const message = short(exception.message);
  // OpenTelemetry's type of a failed call may be its status code alone.
  const why = message.includes(exception.type) ? message : [exception.type, message].filter(Boolean).join(': ');
  return `${named(first)} ${times}${why === '' ? ' and does not say why' : `: ${why}`}${/[.!?…]$/.test(why) ? '' : '.'}`;
}

function short(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
}

function retrySentence({ retry, chain }: Story, named: Named): string {
  if (retry === null) {
    return '';
  }
  const what = chain[0] !== undefined && named(chain[0]) === named(retry.span) ? 'It' : named(retry.span);
  return retry.succeeded
    ? `${what} was tried ${retry.tries} times, and the last try succeeded.`
    : `${what} was tried ${retry.tries} times, and every try failed.`;
}

function spreadSentence({ chain }: Story, named: Named): string {
  const way = chain.slice(1, -1).map(named);
  const top = chain.at(-1);
  if (top === undefined || chain.length === 1) {
    return '';
  }
  return `It spread ${way.length === 0 ? '' : `through ${listed(way)} `}to ${named(top)}.`;
}

function listed(names: readonly string[]): string {
  const left = names.length - MOST_NAMED;
  const shown = left > 0 ? [...names.slice(0, MOST_NAMED), `${left} more`] : names;
  const last = shown.at(-1) ?? '';
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${last}` : last;
}

function endSentence(story: Story, named: Named): string {
  const { end, visible, stoppedAt, notAwaited, chain } = story;
  switch (end) {
    case 'visible':
      return `A user sees it first in ${named(visible)}.`;
    case 'missing_parent':
      return `What called ${named(chain.at(-1) ?? null)} is missing from the trace, so what became of it is not known.`;
    case 'masked':
      return maskedSentence(story, named);
    case 'retried':
      return `${named(stoppedAt)} did not fail.`;
    case 'swallowed':
      return handledSentence(stoppedAt, named);
    case 'not_awaited':
      return `It spread no further: ${notAwaited === null ? 'nobody waited for it' : ASYNC_REASON_WORDS[notAwaited]}.`;
  }
}

const handledSentence = (span: number | null, named: Named): string =>
  `${named(span)} did not fail: it handled the error or dropped it.`;

function maskedSentence({ stoppedAt, alsoFailed, visible, handledBy }: Story, named: Named): string {
  const does = alsoFailed.length === 1 ? 'does' : 'do';
  const masked = `${named(stoppedAt)} does not say that it failed, but ${listed(alsoFailed.map(named))} above it ${does}, perhaps because of this.`;
  if (visible !== null) {
    return `${masked} A user sees that first in ${named(visible)}.`;
  }
  return handledBy === null ? masked : `${masked} ${handledSentence(handledBy, named)}`;
}
