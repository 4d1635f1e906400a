import fc from 'fast-check';
import { parseLogLevel } from '../../core/evidence/logLevel.ts';
import { buildLogLinesQuery } from './logLinesQuery.ts';

it('asks for the lines of a service', () => {
  expect(buildLogLinesQuery({ service: 'checkout', levels: 'all' })).toBe('{service_name="checkout"}');
});

it('asks for warnings and above under the label that the sender set or the one that Loki detected', () => {
  const query = buildLogLinesQuery({ service: 'checkout', levels: 'warning' });
  expect(query).toMatch(
    /^\{service_name="checkout"\} \| detected_level=~"\(\?i\)\(([^"]+)\)" or level=~"\(\?i\)\(\1\)"$/
  );
  const names = /\(\?i\)\(([^)]+)\)/.exec(query)?.[1]?.split('|') ?? [];
  expect(names).toEqual(expect.arrayContaining(['error', 'warn', 'fatal', '50']));
  expect(new Set(names.map(parseLogLevel))).toEqual(new Set(['critical', 'error', 'warning']));
});

/** A string of Go in double quotes at the start of the text: its value and what follows. */
function takeString(text: string): readonly [value: unknown, rest: string] {
  const literal = /^"(?:[^"\\\n]|\\.)*"/.exec(text)?.[0];
  if (literal === undefined) {
    throw new Error(`no string at ${text}`);
  }
  return [JSON.parse(literal), text.slice(literal.length)];
}

it('never lets a name end its string: what follows is always ours, and what is read back is the name', () => {
  const nasty = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^["\\`{}|=~\n#/*]{0,20}$/));
  fc.assert(
    fc.property(nasty, fc.constantFrom('all', 'warning'), (service, levels) => {
      const query = buildLogLinesQuery({ service, levels });
      const start = '{service_name=';
      expect(query.startsWith(start)).toBe(true);
      const [value, rest] = takeString(query.slice(start.length));
      expect(value).toBe(service.toWellFormed());
      expect(start + JSON.stringify('checkout') + rest).toBe(buildLogLinesQuery({ service: 'checkout', levels }));
    })
  );
});
