import { parseLabels } from './parseLabels.ts';

it('reads labels, also by names that objects have of their own', () => {
  const parsed = parseLabels('severity=critical, service="check out" constructor=a __proto__=b');
  expect(parsed.ok && JSON.stringify(parsed.labels)).toBe(
    '{"severity":"critical","service":"check out","constructor":"a","__proto__":"b"}'
  );
});

it('says which part is no label', () => {
  expect(parseLabels('a=b service=~x')).toEqual({
    ok: false,
    message: '“service=~x” is not a valid label: enter name=value, such as severity=critical.',
  });
});
