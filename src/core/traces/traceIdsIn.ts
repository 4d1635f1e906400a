/** In `traceparent`, in addresses of Grafana, and wherever else an id is written in full. */
const FULL_ID = /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/gi;
/** In addresses of Jaeger, Zipkin and Pharos, with or without zeros in front. */
const IN_ADDRESS = /\/traces?\/([0-9a-f]{1,32})(?![0-9a-z])/gi;
const ALONE = /^[0-9a-f]{1,32}$/i;

/** The trace ids in a text that somebody pasted: ids, links, or `traceparent` headers, in any number. Each once, in lower case. */
export function traceIdsIn(text: string): readonly string[] {
  const ids = text.split(/[\s,;]+/).flatMap((word) => {
    const decoded = decode(word);
    if (ALONE.test(decoded)) {
      return [decoded];
    }
    const full = decoded.match(FULL_ID) ?? [];
    return full.length > 0 ? full : [...decoded.matchAll(IN_ADDRESS)].map(([, id = '']) => id);
  });
  return [...new Set(ids.map((id) => id.toLowerCase()))];
}

function decode(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
