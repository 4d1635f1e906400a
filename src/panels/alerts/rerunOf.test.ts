import { panelData, requestOf } from './panel.fixture.ts';
import { rerunOf } from './rerunOf.ts';

const given = (value: unknown) => rerunOf(requestOf({ scopedVars: { __sceneObject: { text: '', value } } }));

describe('rerunOf', () => {
  it('runs the queries of the runner behind the wrapper, on that runner', () => {
    class Runner {
      runs = 0;
      runQueries() {
        this.runs += 1;
      }
    }
    const runner = new Runner();
    given({ valueOf: () => runner })?.();
    given(runner)?.();
    expect(runner.runs).toBe(2);
  });

  it.each([[undefined], [null], ['text'], [{}], [{ runQueries: true }], [{ valueOf: () => undefined }]])(
    'cannot with %p',
    (value) => {
      expect(given(value)).toBeUndefined();
    }
  );

  it('cannot outside dashboards', () => {
    expect(rerunOf(panelData([], { request: requestOf() }).request)).toBeUndefined();
    expect(rerunOf(undefined)).toBeUndefined();
  });
});
