/** A call that an example of the guide makes. */
export interface CurlCall {
  readonly method: string;
  /** With the scheme, and with its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface ShellExample {
  /** Curl and its arguments, as a shell reads them. */
  readonly command: string;
  /** The variable that takes a part of the answer, and the path of jq to that part. */
  readonly keeps: { readonly name: string; readonly path: string } | undefined;
  /** Documented in the comment below the command. */
  readonly status: number;
}

const KEEPS = /^(\w+)=\$\((curl [\s\S]+) \| jq -r '([^']+)'\)$/;

/**
 * The curl commands of a block: paragraphs, each with its status in a comment at the end.
 * @throws Error for a paragraph that calls curl and says no status
 */
export const examplesOf = (block: string): ShellExample[] =>
  block
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => /(^|\()curl /.test(paragraph))
    .map((paragraph) => {
      const [, text = '', status] = /^([\s\S]+)\n# (\d{3})$/.exec(paragraph) ?? [];
      if (status === undefined) {
        throw new Error(`no status below: ${paragraph}`);
      }
      const [, name = '', command = text, path = ''] = KEEPS.exec(text) ?? [];
      return { command, keeps: name === '' ? undefined : { name, path }, status: Number(status) };
    });

type Variables = ReadonlyMap<string, string>;

const expand = (text: string, variables: Variables): string =>
  text.replace(/\$(\w+)/g, (_, name: string) => {
    const value = variables.get(name);
    if (value === undefined) {
      throw new Error(`the variable $${name} is not set by an example before`);
    }
    return value;
  });

const PART = /'([^']*)'|"((?:[^"\\]|\\.)*)"|(\s|\\\n)+|([^\s'"\\]+)/gy;

/** Words of a command: quotes of both kinds side by side, variables outside of single ones, lines that go on. */
function wordsOf(command: string, variables: Variables): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const [, single, double, space, bare] of command.matchAll(PART)) {
    if (space === undefined) {
      word = (word ?? '') + (single ?? expand((double ?? bare ?? '').replaceAll(/\\(["\\])/g, '$1'), variables));
    } else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}

/** Options with their values, and the one word that is no option under the name `url`. */
function optionsOf(words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const options = new Map<string, string[]>();
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (['-X', '-H', '-d'].includes(word)) {
      options.set(word, [...(options.get(word) ?? []), words[++index] ?? '']);
    } else if (!word.startsWith('-')) {
      options.set('url', [word]);
    } else if (word !== '-sS') {
      throw new Error(`the option ${word} is not read here`);
    }
  }
  return options;
}

/** @throws Error for an option that is not known here */
export function readCurl(command: string, variables: Variables): CurlCall {
  const options = optionsOf(wordsOf(command, variables).slice(1));
  const [body] = options.get('-d') ?? [];
  const [method = body === undefined ? 'GET' : 'POST'] = options.get('-X') ?? [];
  const [url = ''] = options.get('url') ?? [];
  const pairs = (options.get('-H') ?? []).map((header) => header.split(/:\s*/, 2));
  const given = Object.fromEntries(pairs.map(([name = '', value = '']) => [name.toLowerCase(), value]));
  // What curl says of a body without being told.
  const usual = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  return { method, url, headers: { ...usual, ...given }, body };
}

/** What `jq -r` would print for a plain path such as `.items[0].id`. */
export const atPath = (value: unknown, path: string): string =>
  String(
    path
      .split(/[.[\]]+/)
      .filter((key) => key !== '')
      .reduce<unknown>((part, key) => Object(part)[key], value)
  );
