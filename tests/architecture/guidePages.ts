import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.join(import.meta.dirname, '../..');
export const readText = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Paths of the guide's pages from the root. */
export const GUIDE: readonly string[] = globSync('docs/guide/*.md', { cwd: root }).toSorted();

/** Fenced blocks of one language, without their fences. */
export const blocksOf = (text: string, language: string): string[] =>
  [...text.matchAll(/^ *```(\w+)\n([\s\S]*?)^ *```$/gm)].flatMap(([, name, block = '']) =>
    name === language ? [block] : []
  );

/** The words in backticks. */
export const codeWords = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);

/**
 * Rows of the one table whose header begins with `header`, as cells.
 * @throws Error when there is none
 */
export function tableOf(text: string, header: string): string[][] {
  const lines = text.split('\n');
  const cellsOf = (line: string): string[] =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());
  const start = lines.findIndex((line) => cellsOf(line).join(' | ').startsWith(header));
  if (start === -1) {
    throw new Error(`no table begins with ${header}`);
  }
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end === -1 ? rows.length : end).map(cellsOf);
}

/** Words in backticks of the first column, sorted. */
export const firstColumn = (text: string, header: string): string[] =>
  tableOf(text, header)
    .flatMap(([first = '']) => codeWords(first))
    .toSorted();
