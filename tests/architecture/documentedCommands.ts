/** One call of ours that a document shows. */
export interface DocumentedCommand {
  /** As it stands there. */
  readonly text: string;
  /** The words of `pharos`, its command first, without options. */
  readonly words: readonly string[];
  /** The options, without their values: `--data`. */
  readonly options: readonly string[];
}

const FENCED = /^```(\w*)\n([\s\S]*?)^```/gm;
const INLINE = /`([^`\n]+)`/g;
const SHELLS = new Set(['', 'sh', 'bash', 'shell', 'console']);

/** What a reader may type: each line of a block for a shell, and what stands in a text as code. */
function typedIn(markdown: string): readonly string[] {
  const blocks = [...markdown.matchAll(FENCED)].flatMap(([, language = '', body = '']) =>
    SHELLS.has(language) ? body.replaceAll('\\\n', ' ').split('\n') : []
  );
  const spans = [...markdown.replaceAll(FENCED, '').matchAll(INLINE)].map(([, code = '']) => code);
  return [...blocks, ...spans].map((line) => line.trim().replace(/^(?:[A-Z_]+=\S+\s+)+/, ''));
}

const OURS = 'node bin/pharos.mjs';

/** What comes before the arguments of `pharos`; undefined where it is not called. */
function ofPharos(line: string, scripts: Readonly<Record<string, string>>): string | undefined {
  const [, own] = /^(?:node bin\/pharos\.mjs|pharos)((?: .*)?)$/.exec(line) ?? [];
  if (own !== undefined) {
    return own;
  }
  const [, name = '', rest = ''] = /^npm (?:run )?(?:--silent )?([\w:]+)(?: -- (.*))?/.exec(line) ?? [];
  const script = scripts[name];
  return script?.startsWith(OURS) === true ? `${script.slice(OURS.length)} ${rest}` : undefined;
}

/** Every call of `pharos` in a document, by itself or by a script of package.json. */
export function documentedCommands(
  markdown: string,
  scripts: Readonly<Record<string, string>>
): readonly DocumentedCommand[] {
  return typedIn(markdown).flatMap((text) => {
    // What follows is another program's, or a remark.
    const args = ofPharos(text, scripts)?.split(/ [|>#<&]| && |; /, 1)[0];
    const all = args?.split(/\s+/).filter(Boolean) ?? [];
    const first = all.findIndex((word) => word.startsWith('-') && word !== '-');
    const words = first === -1 ? all : all.slice(0, first);
    const options = all.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.replace(/=.*/, ''));
    return all.length === 0 ? [] : [{ text, words, options }];
  });
}
