import { describeSpans } from '../../../../tests/traces/describeTrace.ts';
import { jaegerSample, otlpSample, tempoV2Sample, zipkinSample } from '../../../../tests/traces/sampleTrace.ts';
import { parseTraceDocuments } from './parseTraces.ts';
import { TraceInputError } from './traceInputError.ts';
import { changed, placesIn, type Place } from '../../../../tests/traces/places.ts';

const NUMBER = 77_123;
const WORD = 'oddity';

type Fate = { readonly told: boolean; readonly spans: string };

function fateOf(document: unknown): Fate {
  try {
    const { traces } = parseTraceDocuments([document]);
    const spans = JSON.stringify(traces.map(describeSpans), (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value
    );
    return { told: traces.some(({ notices }) => notices.length > 0), spans };
  } catch (error) {
    if (!(error instanceof TraceInputError)) {
      throw error;
    }
    return { told: true, spans: '' };
  }
}

/** Neither told nor kept: it may as well not have been there. */
function isLostInSilence(document: unknown, place: Place, odd: unknown): boolean {
  const { told, spans } = fateOf(changed(document, place, odd));
  return !told && !spans.includes(WORD) && spans === fateOf(changed(document, place, undefined)).spans;
}

/** What an answer says of the search that it answers, and what each span says again. */
const NEVER_NEEDED = ['total', 'limit', 'offset', 'metrics', 'data.0.traceID'];

describe.each([
  ['OTLP', otlpSample],
  ['Tempo', tempoV2Sample],
  ['Jaeger', jaegerSample],
  ['Zipkin', zipkinSample],
])('%s', (_, document) => {
  it.each([NUMBER, WORD, [[WORD]], true])('never loses %j in silence, wherever it stands', (odd) => {
    const silent = placesIn(document).filter((place) => isLostInSilence(document, place, odd));
    expect(silent.map((place) => place.join('.')).filter((place) => !NEVER_NEEDED.includes(place))).toEqual([]);
  });
});
