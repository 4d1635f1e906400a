import { normalizeSql } from './normalizeSql.ts';

/** Beyond this a statement says nothing more of its kind; it also bounds the time that reading it takes. */
const LONGEST = 4000;

/** Stores whose statements are a command and its arguments. */
const COMMAND_SYSTEMS: ReadonlySet<string> = new Set(['redis', 'memcached', 'valkey', 'keydb']);

/**
 * A statement with `?` for every value, without comments, on one line: statements that differ only in values, in the length of their
 * lists or in layout become one. Of Redis and its like the command stays, of JSON (MongoDB) the names and the first value.
 * @param system as `db.system.name` says
 */
export function normalizeStatement(statement: string, system = ''): string {
  const text = statement.slice(0, LONGEST).trim();
  if (COMMAND_SYSTEMS.has(system.toLowerCase())) {
    return normalizeCommand(text);
  }
  return text.startsWith('{') || text.startsWith('[') ? normalizeJson(text) : normalizeSql(text);
}

/** Of several commands (a pipeline) the first. */
function normalizeCommand(text: string): string {
  const [command = '', ...rest] = (text.split('\n')[0] ?? '').trim().split(/\s+/);
  return rest.length === 0 ? command.toUpperCase() : `${command.toUpperCase()} ?`;
}

const JSON_PIECE =
  /(?<text>"(?:[^"\\]|\\[\s\S])*(?:"|\\?$))(?<isName>\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|(?<space>\s+)/g;

/** `{"find":"users","filter":{"_id":"7"}}` is `{"find":"users","filter":{"_id":?}}`: the first value says what is asked of what. */
function normalizeJson(text: string): string {
  let names = 0;
  let pieces = 0;
  const written = text.replace(JSON_PIECE, (piece: string, ...rest: unknown[]) => {
    const { isName, space } = groupsOf(rest);
    if (space !== undefined) {
      return ' ';
    }
    pieces += 1;
    if (isName !== undefined) {
      names += 1;
      return piece.replace(/\s+/g, ' ');
    }
    return names === 1 && pieces === 2 && piece.startsWith('"') ? piece.replace(/\s+/g, ' ') : '?';
  });
  return written.replace(/\[ ?\?(?: ?, ?\?)* ?(?:\]|$)/g, '[?]');
}

type Groups = Readonly<Record<string, string | undefined>>;

/** The groups stand last among what `replace` hands over. */
function groupsOf(rest: readonly unknown[]): Groups {
  const last = rest.at(-1);
  return typeof last === 'object' && last !== null ? (last as Groups) : {};
}
