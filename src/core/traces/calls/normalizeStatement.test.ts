import fc from 'fast-check';
import { normalizeStatement } from './normalizeStatement.ts';

it.each([
  ["SELECT * FROM orders WHERE id = 7 AND name = 'Ada'", 'SELECT * FROM orders WHERE id = ? AND name = ?'],
  ['select *\n  from orders\twhere id=$1;', 'select * from orders where id = ?'],
  ['SELECT a FROM t WHERE id IN (1, 2,3 ,  4)', 'SELECT a FROM t WHERE id IN (?)'],
  ['SELECT a FROM t WHERE id IN (1)', 'SELECT a FROM t WHERE id IN (?)'],
  ["INSERT INTO t (a, b) VALUES (1, 'x'), (2, NULL), (3, 'z')", 'INSERT INTO t (a, b) VALUES (?)'],
  ["SELECT 'it''s', 'a\\'b', E'\\n' FROM t -- why\nWHERE x > -1.5e3", 'SELECT ?, ?, ? FROM t WHERE x > ?'],
  ['SELECT a - 1 FROM t', 'SELECT a - ? FROM t'],
  ['SELECT /* trace=00-abc */ t1.col_2 FROM "Order 7" t1', 'SELECT t1.col_2 FROM "Order 7" t1'],
  ['SELECT `a b` FROM t LIMIT 10 OFFSET 20', 'SELECT `a b` FROM t LIMIT ? OFFSET ?'],
  ["SELECT $$it's$$, $tag$a$b$tag$ WHERE x = 0xFF", 'SELECT ?, ? WHERE x = ?'],
  [
    'SELECT a::int FROM t WHERE b = :name AND c = @p1 AND d = %s',
    'SELECT a::int FROM t WHERE b = ? AND c = ? AND d = ?',
  ],
  [
    'SELECT count(*) FROM t WHERE a <> 1 AND b!=2 AND c >= 3',
    'SELECT count(*) FROM t WHERE a <> ? AND b != ? AND c >= ?',
  ],
  ['SELECT ARRAY[1,2,3]', 'SELECT ARRAY[?]'],
  ["UPDATE t SET a = 'unclosed", 'UPDATE t SET a = ?'],
  ['SELECT 1 /* unclosed', 'SELECT ?'],
  ['', ''],
])('%j becomes %j', (statement, normal) => {
  expect(normalizeStatement(statement)).toBe(normal);
});

it.each([
  ['redis', 'get user:7', 'GET ?'],
  ['redis', 'PING', 'PING'],
  ['Redis', 'MULTI\nSET a 1\nEXEC', 'MULTI'],
  [
    'mongodb',
    '{"find": "users", "filter": {"_id": "7", "n": [1, 2]}}',
    '{"find": "users", "filter": {"_id": ?, "n": [?]}}',
  ],
  [
    'mongodb',
    '{"aggregate":"orders","pipeline":[{"$match":{"a":"b"}}]}',
    '{"aggregate":"orders","pipeline":[{"$match":{"a":?}}]}',
  ],
])('of %s %j becomes %j', (system, statement, normal) => {
  expect(normalizeStatement(statement, system)).toBe(normal);
});

it('gives one name to lists of any length, also where the statement is cut', () => {
  const listed = (n: number): string =>
    normalizeStatement(`SELECT a FROM t WHERE id IN (${Array.from({ length: n }, (_, i) => i * 7919).join(', ')})`);
  expect(new Set([1, 2, 50, 500, 5000].map(listed))).toEqual(new Set(['SELECT a FROM t WHERE id IN (?)']));
});

const sqlText = fc.string({ unit: 'binary' }).map((text) => `'${text.replace(/['\\\n]/g, '')}'`);
const literal = fc.oneof(
  sqlText,
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }).map(String)
);

it('does not depend on values', () => {
  fc.assert(
    fc.property(literal, literal, fc.array(literal, { minLength: 1, maxLength: 9 }), (a, b, list) => {
      expect(normalizeStatement(`SELECT x FROM t WHERE a = ${a} AND b > ${b} AND c IN (${list.join(',')})`)).toBe(
        'SELECT x FROM t WHERE a = ? AND b > ? AND c IN (?)'
      );
    })
  );
});

const nasty = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^['"`$\\/*\-()[\],;?:@ {}0-9a-z\n]{0,40}$/));

it('changes nothing a second time, and is on one line, whatever comes', () => {
  fc.assert(
    fc.property(nasty, fc.constantFrom('', 'redis', 'mongodb'), (text, system) => {
      const once = normalizeStatement(text, system);
      expect(normalizeStatement(once, system)).toBe(once);
      expect(once).not.toMatch(/\n/);
    }),
    { numRuns: 500 }
  );
});

it.each(['/*', "'", '"', '$$', '(', '1,', '\\', '--'])('reads a long run of %s at once', (piece) => {
  const started = performance.now();
  normalizeStatement(piece.repeat(100_000));
  expect(performance.now() - started).toBeLessThan(200);
});
