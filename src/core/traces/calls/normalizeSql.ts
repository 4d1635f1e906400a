/**
 * One piece of SQL, or of what looks like it. What is not closed goes to the end of the text, so that nothing is read twice. Names in
 * double quotes or backticks stay: in most dialects they are names.
 */
const PIECE = new RegExp(
  [
    String.raw`(?<gap>\s+|--[^\n]*|/\*[\s\S]*?(?:\*/|$))`,
    String.raw`(?<text>[EeNnBbXx]?'(?:[^'\\]|\\[\s\S]|'')*(?:'|\\?$)|\$(?<tag>[A-Za-z_]*)\$[\s\S]*?(?:\$\k<tag>\$|$))`,
    String.raw`(?<name>"(?:[^"]|"")*(?:"|$)|\x60[^\x60]*(?:\x60|$)|[\p{L}_][\p{L}\p{N}_$]*)`,
    String.raw`(?<value>0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|\$\d+|[:@][A-Za-z_]\w*|%s|%\(\w+\)s|\?)`,
    String.raw`::|[\s\S]`,
  ].join('|'),
  'gu'
);

interface Piece {
  readonly kind: 'name' | 'value' | 'sign';
  readonly text: string;
  readonly afterGap: boolean;
}

/** After these a minus belongs to the number behind it. */
const BEFORE_NUMBERS =
  /^(?:and|between|by|else|in|like|limit|not|offset|or|return|select|set|then|values|when|where|[=<>(,+*/%|[-])$/i;

/** How many values there are makes no other statement; of one that was cut the list may have no end. */
const LIST = /([([])(?:\?|NULL|DEFAULT)(?:, ?(?:\?|NULL|DEFAULT))*(?:,? ?$|([)\]]))/gi;
const ROWS = /\(\?\)(?:, ?\(\?\))+(?:, ?\(?$)?/g;

/** SQL with `?` for every value, in one layout. */
export function normalizeSql(text: string): string {
  const pieces: Piece[] = [];
  let afterGap = false;
  for (const { groups = {}, 0: found } of text.matchAll(PIECE)) {
    if (groups['gap'] !== undefined) {
      afterGap = true;
      continue;
    }
    add(pieces, pieceOf(groups, { found, afterGap }));
    afterGap = false;
  }
  while (pieces.at(-1)?.text === ';') {
    pieces.pop();
  }
  return pieces
    .map((piece, at) => (needsSpace(pieces[at - 1], piece) ? ` ${piece.text}` : piece.text))
    .join('')
    .replace(LIST, (_, open: string) => (open === '(' ? '(?)' : '[?]'))
    .replace(ROWS, '(?)');
}

function pieceOf(
  groups: Readonly<Record<string, string | undefined>>,
  { found, afterGap }: { readonly found: string; readonly afterGap: boolean }
): Piece {
  if (groups['text'] !== undefined || groups['value'] !== undefined) {
    return { kind: 'value', text: '?', afterGap };
  }
  return groups['name'] === undefined
    ? { kind: 'sign', text: found, afterGap }
    : { kind: 'name', text: found.replace(/\s+/g, ' '), afterGap };
}

function add(pieces: Piece[], piece: Piece): void {
  let { afterGap } = piece;
  while (piece.kind === 'value' && endsInSign(pieces)) {
    afterGap = pieces.pop()?.afterGap ?? false;
  }
  pieces.push({ ...piece, afterGap });
}

function endsInSign(pieces: readonly Piece[]): boolean {
  const before = pieces.at(-2);
  return pieces.at(-1)?.text === '-' && (before === undefined || BEFORE_NUMBERS.test(before.text));
}

/** One layout for `a=1`, `a = 1` and `f( a ,b )`. */
function needsSpace(before: Piece | undefined, { text, kind, afterGap }: Piece): boolean {
  if (before === undefined || before.text === '(' || [')', ',', ';'].includes(text)) {
    return false;
  }
  const isOperator = (one: string): boolean => /^[=<>!]$/.test(one);
  if (isOperator(text) || isOperator(before.text)) {
    return !(isOperator(text) && isOperator(before.text) && !afterGap);
  }
  return before.text === ',' || afterGap || (kind !== 'sign' && before.kind !== 'sign');
}
