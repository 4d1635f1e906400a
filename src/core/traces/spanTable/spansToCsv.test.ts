import { criticalPath } from '../criticalPath.ts';
import { drawTrace } from '../drawTrace.fixture.ts';
import { spanMeasures } from '../spanMeasures.ts';
import { spansToCsv } from './spansToCsv.ts';

const csvOf = (name: string, service = 'shop'): readonly string[] => {
  const trace = drawTrace([
    { id: 'a1', name, service, from: 0, to: 100 },
    { id: 'b2', parent: 'a1', name: 'child', from: 10, to: 40, failed: true },
  ]);
  return spansToCsv([1, 0], { trace, ...spanMeasures(trace, criticalPath(trace)) }).split('\r\n');
};

it('writes spans in the order given, with a heading, in nanoseconds', () => {
  expect(csvOf('root')).toEqual([
    'trace_id,span_id,parent_span_id,service,operation,kind,status,start_ns,duration_ns,self_ns,critical_ns',
    '000000000000000000000000000000ab,00000000000000b2,00000000000000a1,shop,child,internal,error,10,30,30,30',
    '000000000000000000000000000000ab,00000000000000a1,,shop,root,internal,unset,0,100,70,70',
    '',
  ]);
});

it('quotes commas and quotes, and disarms what a spreadsheet would run', () => {
  expect(csvOf('say "hi", now')[2]).toContain(',"say ""hi"", now",');
  expect(csvOf('=HYPERLINK("x")')[2]).toContain(`,"'=HYPERLINK(""x"")",`);
  expect(csvOf('root', '@sum')[2]).toContain(",'@sum,");
});
