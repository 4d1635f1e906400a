import { execFileSync } from 'node:child_process';
import path from 'node:path';

export interface Snippet {
  /** Lints as if this file held the code; it must be a file of the project, so that types are known. */
  readonly file: string;
  readonly code: string;
}

const root = path.join(import.meta.dirname, '../../..');

/** eslint loads its configuration by dynamic import, which jest's sandbox refuses: hence a process of its own, one for all snippets. */
const program = `
import { ESLint } from 'eslint';
let text = '';
for await (const chunk of process.stdin) text += chunk;
const eslint = new ESLint({ cwd: ${JSON.stringify(root)} });
const found = [];
for (const { file, code } of JSON.parse(text)) {
  const [result] = await eslint.lintText(code, { filePath: file, warnIgnored: true });
  found.push(result.messages.map(({ ruleId, messageId, message }) => [ruleId, messageId, message].join(' ')));
}
process.stdout.write('\\n' + JSON.stringify(found));
`;

/** What the project's own eslint configuration says about each snippet: `rule messageId message`, in order of place. */
export function lintSnippets(snippets: readonly Snippet[]): string[][] {
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: root,
    input: JSON.stringify(snippets),
    encoding: 'utf8',
    // With CI=true the parser assumes a single run and reads the carrier's text from the disk instead of the snippet's.
    env: { ...process.env, TSESTREE_SINGLE_RUN: 'false' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // Plugins greet on stdout: the answer is the last line.
  return JSON.parse(output.slice(output.lastIndexOf('\n') + 1));
}
