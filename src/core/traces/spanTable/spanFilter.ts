import { cell } from '../column.ts';
import { written } from '../spanText.ts';
import { SPAN_KINDS, SPAN_STATUSES, type Trace } from '../trace.ts';

/** Places of the spans that have each word of a text in their service, operation, kind, status, id or an attribute; all for no word. */
export function filterSpans(trace: Trace, text: string): Uint32Array {
  const all = Uint32Array.from({ length: trace.size }, (_, span) => span);
  return wordsOf(text).reduce((left, word) => left.filter(holding(trace, word)), all);
}

const wordsOf = (text: string): readonly string[] => [...new Set(text.toLowerCase().split(/\s+/).filter(Boolean))];

/** Looks at each distinct text once, then only at numbers. */
function holding(trace: Trace, word: string): (span: number) => boolean {
  const has = (text: string): boolean => text.toLowerCase().includes(word);
  const services = flags(trace.services, has);
  const names = flags(trace.names, has);
  const kinds = flags(SPAN_KINDS, has);
  const statuses = flags(SPAN_STATUSES, has);
  const pairs = attributeTest(trace, word);
  const resources = trace.resources.map(({ attributes }) =>
    attributes.some(([key, value]) => has(`${key}=${written(value)}`))
  );
  return (span) =>
    services[cell(trace.service, span)] === 1 ||
    names[cell(trace.name, span)] === 1 ||
    kinds[cell(trace.kind, span)] === 1 ||
    statuses[cell(trace.status, span)] === 1 ||
    (trace.spanIds[span] ?? '').includes(word) ||
    has(trace.statusMessages.get(span) ?? '') ||
    pairs(span) ||
    resources[cell(trace.resource, span)] === true;
}

/** `key=value` as a word matches across the two, anything else within either. */
function attributeTest(trace: Trace, word: string): (span: number) => boolean {
  const at = word.indexOf('=');
  const key = at === -1 ? word : word.slice(0, at);
  const value = at === -1 ? word : word.slice(at + 1);
  const keys = flags(trace.keys, (text) => (at === -1 ? text.toLowerCase().includes(key) : endsWith(text, key)));
  const values = flags(trace.values, (one) => {
    const text = written(one).toLowerCase();
    return at === -1 ? text.includes(value) : text.startsWith(value);
  });
  return (span) => {
    for (let i = cell(trace.attributeFrom, span); i < cell(trace.attributeTo, span); i += 1) {
      const keyFits = keys[cell(trace.attributeKey, i)] === 1;
      const valueFits = values[cell(trace.attributeValue, i)] === 1;
      if (at === -1 ? keyFits || valueFits : keyFits && valueFits) {
        return true;
      }
    }
    return false;
  };
}

const endsWith = (text: string, end: string): boolean => text.toLowerCase().endsWith(end);

const flags = <T>(items: readonly T[], test: (item: T) => boolean): Uint8Array =>
  Uint8Array.from(items, (item) => (test(item) ? 1 : 0));
