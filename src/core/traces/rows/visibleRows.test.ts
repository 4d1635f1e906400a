import fc from 'fast-check';
import { cell } from '../column.ts';
import { traceOf, type GivenSpan } from '../testTrace.fixture.ts';
import type { Trace } from '../trace.ts';
import { findRow, reveal, rowAbove } from './findRow.ts';
import { FOLD_MODES, groupId, toggleRow, type Folding } from './folding.ts';
import { isGroup, membersOf, rowId, stateOf, visibleRows, type TraceRows } from './visibleRows.ts';

/** checkout calls payments twice and does something by itself. */
const SHOP = traceOf([
  { id: '1', service: 'checkout', name: 'POST /pay', from: 0, to: 100 },
  { id: '2', parent: '1', service: 'checkout', name: 'validate', from: 5, to: 20 },
  { id: '3', parent: '2', service: 'checkout', name: 'parse', from: 6, to: 10 },
  { id: '4', parent: '1', service: 'payments', name: 'charge', from: 30, to: 60 },
  { id: '5', parent: '4', service: 'payments', name: 'sql', from: 35, to: 50 },
  { id: '6', parent: '1', service: 'payments', name: 'charge', from: 70, to: 90 },
]);

const written = (trace: Trace, rows: TraceRows): string[] =>
  Array.from({ length: rows.length }, (_, row) => {
    const name = trace.names[cell(trace.name, cell(rows.span, row))] ?? '';
    const size = isGroup(rows, row) ? ` ×${membersOf(rows, row).length}` : '';
    return `${'  '.repeat(cell(rows.level, row) - 1)}${name}${size} ${stateOf(rows, row)}`;
  });

const UNFOLDED: Folding = { mode: 'none', depth: 1, toggled: new Set() };
const rowsOf = (folding: Partial<Folding>, kept?: Uint8Array): string[] =>
  written(SHOP, visibleRows(SHOP, { ...UNFOLDED, ...folding }, kept));

describe('visibleRows', () => {
  it('shows every span to begin with', () => {
    expect(rowsOf({})).toEqual([
      'POST /pay open',
      '  validate open',
      '    parse leaf',
      '  charge open',
      '    sql leaf',
      '  charge leaf',
    ]);
  });

  it('hides what is below a folded span', () => {
    expect(rowsOf({ toggled: new Set([3]) })).toContain('  charge closed');
    expect(rowsOf({ toggled: new Set([0]) })).toEqual(['POST /pay closed']);
  });

  it('folds what stays within one service', () => {
    expect(rowsOf({ mode: 'service' })).toEqual([
      'POST /pay open',
      '  validate closed',
      '  charge closed',
      '  charge leaf',
    ]);
    expect(rowsOf({ mode: 'service', toggled: new Set([1]) })).toContain('    parse leaf');
  });

  it('folds from a depth on', () => {
    expect(rowsOf({ mode: 'depth', depth: 1 })).toEqual(['POST /pay closed']);
    expect(rowsOf({ mode: 'depth', depth: 2 })).toEqual([
      'POST /pay open',
      '  validate closed',
      '  charge closed',
      '  charge leaf',
    ]);
  });

  it('folds similar siblings into one row, with its members below when it is open', () => {
    expect(rowsOf({ mode: 'similar' })).toEqual([
      'POST /pay open',
      '  validate open',
      '    parse leaf',
      '  charge ×2 closed',
    ]);
    expect(rowsOf({ mode: 'similar', toggled: new Set([groupId(3)]) }).slice(3)).toEqual([
      '  charge ×2 open',
      '    charge open',
      '      sql leaf',
      '    charge leaf',
    ]);
  });

  it('leaves out what is not kept, in groups too', () => {
    const kept = Uint8Array.from([1, 0, 0, 1, 1, 0]);
    expect(rowsOf({}, kept)).toEqual(['POST /pay open', '  charge open', '    sql leaf']);
    expect(rowsOf({ mode: 'similar' }, kept)).toEqual(['POST /pay open', '  charge open', '    sql leaf']);
  });

  it('goes as deep and as wide as a trace does', () => {
    const size = 20_000;
    const chain = traceOf(
      Array.from({ length: size }, (_, i): GivenSpan => ({
        id: String(i + 1),
        ...(i === 0 ? {} : { parent: String(i) }),
        name: 'step',
        from: i,
        to: 2 * size - i,
      }))
    );
    const wide = traceOf([
      { id: '1', from: 0, to: size },
      ...Array.from({ length: size }, (_, i): GivenSpan => ({
        id: String(i + 2),
        parent: '1',
        name: 'step',
        from: i,
        to: i + 1,
      })),
    ]);
    expect(visibleRows(chain, { ...UNFOLDED, mode: 'similar' }).length).toBe(size);
    expect(visibleRows(wide, { ...UNFOLDED, mode: 'similar' }).length).toBe(2);
    expect(visibleRows(chain, { ...UNFOLDED, mode: 'service' }).length).toBe(1);
  });
});

const arbitraryTrace = fc
  .array(fc.record({ parent: fc.nat(), service: fc.nat(2), name: fc.nat(2) }), { minLength: 1, maxLength: 30 })
  .map((given) =>
    traceOf(
      given.map(({ parent, service, name }, i): GivenSpan => ({
        id: (i + 1).toString(16),
        ...(i === 0 || parent % 7 === 0 ? {} : { parent: ((parent % i) + 1).toString(16) }),
        service: `s${service}`,
        name: `n${name}`,
        from: i,
        to: 100 + i,
      }))
    )
  );

const arbitraryFolding = fc.record({
  mode: fc.constantFrom(...FOLD_MODES),
  depth: fc.integer({ min: 1, max: 4 }),
  toggled: fc.array(fc.integer({ min: -31, max: 30 })).map((ids) => new Set(ids)),
});

describe('rows of any trace', () => {
  it('show a span at most once, each below the one it hangs on, and hide nothing but what is closed', () => {
    fc.assert(
      fc.property(arbitraryTrace, arbitraryFolding, (trace, folding) => {
        const rows = visibleRows(trace, folding);
        const all = Array.from({ length: rows.length }, (_, row) => row);
        const ids = all.map((row) => rowId(rows, row));
        expect(new Set(ids).size).toBe(ids.length);
        const shown = new Set(ids.filter((id) => id >= 0));
        const folded = new Set<number>();
        for (const row of all) {
          if (isGroup(rows, row) && stateOf(rows, row) === 'closed') {
            membersOf(rows, row).forEach((span) => folded.add(span));
          }
          const above = rowAbove(rows, row);
          expect(cell(rows.level, row)).toBe(above === -1 ? 1 : cell(rows.level, above) + 1);
        }
        for (let span = 0; span < trace.size; span += 1) {
          const parent = cell(trace.parent, span);
          const isHidden =
            folded.has(span) ||
            (parent !== -1 && (!shown.has(parent) || stateOf(rows, findRow(rows, parent)) === 'closed'));
          expect(shown.has(span)).toBe(!isHidden);
        }
      })
    );
  });

  it('have a span once it was revealed, and nothing that was open is closed', () => {
    fc.assert(
      fc.property(arbitraryTrace, arbitraryFolding, fc.nat(), (trace, folding, pick) => {
        const span = pick % trace.size;
        const before = visibleRows(trace, folding);
        const after = visibleRows(trace, reveal(trace, folding, span));
        expect(findRow(after, span)).not.toBe(-1);
        for (let row = 0; row < before.length; row += 1) {
          expect(findRow(after, rowId(before, row))).not.toBe(-1);
        }
        if (findRow(before, span) !== -1) {
          expect(reveal(trace, folding, span)).toBe(folding);
        }
      })
    );
  });

  it('come back when a row is folded and unfolded', () => {
    fc.assert(
      fc.property(arbitraryTrace, arbitraryFolding, fc.nat(), (trace, folding, pick) => {
        const rows = visibleRows(trace, folding);
        const id = rowId(rows, pick % rows.length);
        expect(visibleRows(trace, toggleRow(toggleRow(folding, id), id))).toEqual(rows);
      })
    );
  });
});
