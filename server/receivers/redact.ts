import type { Json } from '../../src/core/json.ts';
import type { ReceiverSettings } from './receiver.ts';

/** Shorter texts than this occur by chance in any sentence. */
const SHORTEST = 4;

const texts = (value: Json): readonly string[] => (typeof value === 'string' ? [value] : []);

/** A secret and the parts of it that may show up alone: path, query, user and password of an address. */
function partsOf(secret: string): readonly string[] {
  if (!URL.canParse(secret)) {
    return [secret];
  }
  const { pathname, search, username, password } = new URL(secret);
  const decoded = [username, password].map((part) => decodeURIComponent(part));
  return [secret, `${pathname}${search}`, pathname, search, username, password, ...decoded];
}

/**
 * Takes secrets out of a text, as they are and in base64. The last line of defence: messages are written without them, but a library
 * or the other side may put one in.
 */
export function redact(text: string, secrets: ReceiverSettings): string {
  const forms = Object.values(secrets)
    .flatMap(texts)
    .flatMap(partsOf)
    .filter((part) => part.length >= SHORTEST)
    .flatMap((part) => [part, Buffer.from(part).toString('base64')])
    .toSorted((a, b) => b.length - a.length);
  return forms.reduce((rest, form) => rest.replaceAll(form, '[secret]'), text);
}
