export interface ParsedMail {
  readonly subject: string;
  /** The plain text, or the HTML where there is no plain text. */
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Reads what a person needs of a mail (RFC 5322, MIME): its subject, its headers and its text. */
export function parseMail(raw: string): ParsedMail {
  const mail = splitPart(raw);
  const leaves = getLeaves(mail, 0);
  const chosen =
    leaves.find((part) => getType(part).startsWith('text/plain')) ??
    leaves.find((part) => getType(part).startsWith('text/html')) ??
    leaves[0];
  return {
    subject: decodeWords(mail.headers.subject ?? ''),
    text: chosen === undefined ? '' : decodeBody(chosen).trimEnd(),
    headers: mail.headers,
  };
}

function splitPart(raw: string): Part {
  const normal = raw.replaceAll('\r\n', '\n');
  const end = normal.indexOf('\n\n');
  const head = end < 0 ? normal : normal.slice(0, end);
  const headers: Record<string, string> = {};
  for (const line of head.replaceAll(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) {
      headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
  }
  return { headers, body: end < 0 ? '' : normal.slice(end + 2) };
}

const deepestNesting = 5;

function getLeaves(part: Part, depth: number): Part[] {
  const boundary = /^multipart\/.*boundary="?([^";]+)"?/i.exec(part.headers['content-type'] ?? '')?.[1];
  if (boundary === undefined || depth > deepestNesting) {
    return [part];
  }
  return part.body
    .split(`--${boundary}`)
    .slice(1)
    .filter((section) => !section.startsWith('--'))
    .flatMap((section) => getLeaves(splitPart(section.replace(/^\n/, '')), depth + 1));
}

function getType(part: Part): string {
  return (part.headers['content-type'] ?? 'text/plain').toLowerCase();
}

function decodeBody(part: Part): string {
  const encoding = (part.headers['content-transfer-encoding'] ?? '').toLowerCase();
  if (encoding === 'base64') {
    return Buffer.from(part.body, 'base64').toString('utf8');
  }
  return encoding === 'quoted-printable' ? decodeQuoted(part.body.replaceAll('=\n', '')) : part.body;
}

function decodeQuoted(text: string): string {
  const bytes: Buffer[] = [];
  for (const [piece] of text.matchAll(/=[0-9A-Fa-f]{2}|[^=]+|=/g)) {
    bytes.push(piece.length === 3 && piece.startsWith('=') ? Buffer.from(piece.slice(1), 'hex') : Buffer.from(piece));
  }
  return Buffer.concat(bytes).toString('utf8');
}

/** Encoded words in headers (RFC 2047); the white space between two of them is not part of the text. */
function decodeWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?[^?]+\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, word: string) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : decodeQuoted(word.replaceAll('_', ' '))
    );
}
