import fc from 'fast-check';
import { buildBadTracesQuery } from './badTracesQuery.ts';

it.each([
  [0.8, '{ resource.service.name = "checkout" && (status = error || duration > 800ms) }'],
  [1.2345678, '{ resource.service.name = "checkout" && (status = error || duration > 1234568us) }'],
  [null, '{ resource.service.name = "checkout" && status = error }'],
])('asks for failures, and for what took longer than %s s', (slowerThan, query) => {
  expect(buildBadTracesQuery({ service: 'checkout', slowerThan })).toBe(query);
});

it('writes any length of time as Go reads it', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (slowerThan) => {
      expect(buildBadTracesQuery({ service: 'a', slowerThan })).toMatch(/ duration > \d{1,18}(ms|us)\) \}$/);
    })
  );
});

it('never lets a name end its string: what follows is always ours, and what is read back is the name', () => {
  const nasty = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^["\\`{}|&=~\n#/*]{0,20}$/));
  fc.assert(
    fc.property(nasty, (service) => {
      const query = buildBadTracesQuery({ service, slowerThan: 1 });
      const [, literal = '', rest] = /^\{ resource\.service\.name = ("(?:[^"\\\n]|\\.)*")(.*)$/.exec(query) ?? [];
      expect(JSON.parse(literal)).toBe(service.toWellFormed());
      expect(rest).toBe(' && (status = error || duration > 1000ms) }');
    })
  );
});
