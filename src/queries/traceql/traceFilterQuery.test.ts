import fc from 'fast-check';
import { buildTraceFilterQuery, type AttributeCondition } from './traceFilterQuery.ts';

it.each([
  [{}, '{ }'],
  [{ service: 'checkout' }, '{ resource.service.name = "checkout" }'],
  [{ operation: 'GET /', status: 'error' as const }, '{ name = "GET /" && status = error }'],
  [{ minDurationMs: 250, maxDurationMs: 1500 }, '{ duration >= 250ms && duration <= 1500ms }'],
  [{ minDurationMs: 0.25 }, '{ duration >= 250us }'],
  [{ minDurationMs: 0.0000015 }, '{ duration >= 2ns }'],
])('writes %j', (filter, query) => {
  expect(buildTraceFilterQuery(filter)).toBe(query);
});

const one = (condition: Partial<AttributeCondition>): string =>
  buildTraceFilterQuery({ attributes: [{ scope: 'any', key: 'a', op: '=', value: 'b', ...condition }] });

it.each<[Partial<AttributeCondition>, string]>([
  [{}, '{ .a = "b" }'],
  [{ scope: 'span', key: 'http.route', op: '!=', value: '/' }, '{ span.http.route != "/" }'],
  [{ scope: 'resource', key: 'host.name', op: '=~', value: 'a.*' }, '{ resource.host.name =~ "a.*" }'],
  [{ op: '>=', value: 500 }, '{ (.a >= 500 || .a >= 500.0) }'],
  [{ op: '>', value: 499.5 }, '{ (.a > 499.5 || .a > 499) }'],
  [{ op: '<=', value: -0.5 }, '{ (.a <= -0.5 || .a < 0) }'],
  [{ op: '=', value: 0.5 }, '{ .a = 0.5 }'],
  [{ op: '!=', value: 7 }, '{ .a != 7 }'],
  [{ op: '=~', value: 500 }, '{ .a =~ "500" }'],
  [{ value: true }, '{ .a = true }'],
  [{ value: 1e21 }, '{ .a = 1000000000000000000000.0 }'],
  [{ value: -1.5e-7 }, '{ .a = -0.00000015 }'],
  [{ key: 'with space' }, '{ ."with space" = "b" }'],
  [{ key: 'a"b\\c' }, String.raw`{ ."a\"b\\c" = "b" }`],
  [{ key: 'parent.id' }, '{ ."parent.id" = "b" }'],
  [{ key: 'a.' }, '{ ."a." = "b" }'],
])('writes the condition %j', (condition, query) => {
  expect(one(condition)).toBe(query);
});

/** Reads `"…"` at the start of the text as Go would a string: its value and what follows. */
function takeString(text: string): readonly [value: unknown, rest: string] {
  const literal = /^"(?:[^"\\\n]|\\.)*"/.exec(text)?.[0];
  if (literal === undefined) {
    throw new Error(`no string at ${text}`);
  }
  return [JSON.parse(literal), text.slice(literal.length)];
}

/** Reads a quoted name of TraceQL, in which everything but `"` and `\` stands for itself. */
function takeName(text: string): readonly [name: string, rest: string] {
  const literal = /^"(?:[^"\\]|\\["\\])*"/.exec(text)?.[0] ?? '';
  return [literal.slice(1, -1).replace(/\\(["\\])/g, '$1'), text.slice(literal.length)];
}

const nasty = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^["\\`{}|&=~\n#/*.]{0,20}$/));

it('never lets a value end its string: what follows is always ours, and what is read back is the value', () => {
  fc.assert(
    fc.property(nasty, nasty, nasty, (service, operation, value) => {
      const query = buildTraceFilterQuery({
        ...{ service, operation },
        attributes: [{ scope: 'any', key: 'k', op: '=', value }],
      });
      let rest = query;
      const read = [service, operation, value].map((_, n) => {
        const start = ['{ resource.service.name = ', ' && name = ', ' && .k = '][n] ?? '';
        expect(rest.startsWith(start)).toBe(true);
        const [text, after] = takeString(rest.slice(start.length));
        rest = after;
        return text;
      });
      expect(read).toEqual([service, operation, value].map((text) => text.toWellFormed()));
      expect(rest).toBe(' }');
    })
  );
});

it('never lets a name end its quotes either', () => {
  fc.assert(
    fc.property(nasty, (key) => {
      const query = one({ key: `${key}"` });
      const [name, rest] = takeName(query.slice('{ .'.length));
      expect(name).toBe(`${key}"`.toWellFormed());
      expect(rest).toBe(' = "b" }');
    })
  );
});

it('writes any number and any length of time without an exponent', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(finite, fc.double({ noNaN: true }), (value, minDurationMs) => {
      expect(one({ value, op: '>' })).toMatch(/^\{ \(?\.a > -?\d+(\.\d+)?( \|\| \.a > -?\d+(\.\d+)?\))? \}$/);
      expect(buildTraceFilterQuery({ minDurationMs })).toMatch(/^\{ duration >= \d{1,19}(ms|us|ns) \}$/);
    })
  );
});
