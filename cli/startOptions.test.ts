import { parseStartOptions } from './startOptions.ts';

describe('parseStartOptions', () => {
  it('starts everything unless told otherwise', () => {
    expect(parseStartOptions([])).toEqual({
      help: false,
      demo: true,
      onlyEngine: false,
      native: false,
      data: undefined,
      port: undefined,
    });
  });

  it('reads every option', () => {
    const argv = ['--no-demo', '--native', '--data', '/tmp/x', '--port=9000'];
    expect(parseStartOptions(argv)).toMatchObject({ demo: false, native: true, data: '/tmp/x', port: 9000 });
  });

  it('takes the demo away with the rest', () => {
    expect(parseStartOptions(['--only', 'engine'])).toMatchObject({ onlyEngine: true, demo: false });
  });

  it.each([
    [['--no-deom'], 'There is no option --no-deom. Did you mean --no-demo?'],
    [['--only', 'grafana'], '--only is "grafana": expected engine.'],
    [['--port', '0'], '--port is "0": expected a number from 1 to 65535.'],
    [['--port', '8686x'], '--port is "8686x": expected a number from 1 to 65535.'],
    [['--data', ''], '--data is empty: expected a folder.'],
    [['--data'], "Option '--data <value>' argument missing"],
    [['engine'], "Unexpected argument 'engine'"],
  ])('refuses %j', (argv, sentence) => {
    expect(() => parseStartOptions(argv)).toThrow(sentence);
  });
});
