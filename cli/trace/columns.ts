/** How wide a terminal is that nothing is known of. */
const LINE_WIDTH = 80;
const INDENT = '  ';

export interface Column {
  readonly width: number;
  readonly align: 'left' | 'right';
}

// What a terminal would obey rather than show. Names in a trace come from anywhere.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/** A text on one line that the terminal only shows. */
export const harmless = (text: string): string => text.replace(CONTROL, ' ');

/** A text that is at most so wide; what is cut off is marked. */
export function fitted(given: string, width: number): string {
  const letters = [...harmless(given)];
  return letters.length <= width ? letters.join('') : `${letters.slice(0, width - 1).join('')}…`;
}

/** One line of a table, with one space between columns. */
export function row(columns: readonly Column[], cells: readonly string[]): string {
  return columns
    .map(({ width, align }, at) => {
      const cell = fitted(cells[at] ?? '', width);
      const space = ' '.repeat(width - [...cell].length);
      return align === 'left' ? cell + space : space + cell;
    })
    .join(' ')
    .trimEnd();
}

/** A paragraph in lines that fit, the first one hanging out so that a list can be told apart. */
export function wrapped(given: string): string[] {
  const lines: string[] = [];
  let line = '- ';
  for (const word of harmless(given).split(' ').flatMap(pieces)) {
    if (line.trim() !== '-' && line.trim() !== '' && line.length + word.length > LINE_WIDTH) {
      lines.push(line.trimEnd());
      line = INDENT;
    }
    line += `${word} `;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** A word that no line can hold, in parts that do. */
function pieces(word: string): string[] {
  const most = LINE_WIDTH - INDENT.length;
  return word === '' ? [] : (word.match(new RegExp(`.{1,${most}}`, 'gsu')) ?? []);
}
