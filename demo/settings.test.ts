import path from 'node:path';
import { parseDuration } from './duration.ts';
import { parseSettings } from './settings.ts';

describe('parseDuration', () => {
  it.each([
    ['1s', 1_000],
    ['250ms', 250],
    ['1h30m', 5_400_000],
    ['1.5s', 1_500],
    ['1d', 86_400_000],
  ])('reads %s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each(['', '1', 's', '0s', '-1s', '1 s', '1parsec', 'Infinity'])('refuses "%s"', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('parseSettings', () => {
  it('has a default for everything', () => {
    expect(parseSettings({})).toEqual({
      portBase: 9400,
      listenAddress: '127.0.0.1',
      lokiUrl: undefined,
      tempoUrl: undefined,
      dataDir: path.resolve('.pharos/demo'),
      inboxSecret: undefined,
      trafficDayMs: 86_400_000,
      peakRps: 20,
    });
  });

  it('takes what is set', () => {
    const settings = parseSettings({
      DEMO_PORT_BASE: '20000',
      DEMO_LOKI_URL: 'http://127.0.0.1:3100/',
      DEMO_TRAFFIC_DAY: '10m',
      DEMO_RPS: '5',
    });
    expect(settings).toMatchObject({
      portBase: 20_000,
      lokiUrl: 'http://127.0.0.1:3100',
      trafficDayMs: 600_000,
      peakRps: 5,
    });
  });

  it.each([
    [{ DEMO_PORT_BASE: '70000' }, 'DEMO_PORT_BASE is "70000": expected a port from 1 to 65526.'],
    [
      { DEMO_LOKI_URL: 'loki:3100' },
      'DEMO_LOKI_URL is "loki:3100": expected an address such as http://127.0.0.1:3100.',
    ],
    [{ DEMO_LISTEN: 'everywhere' }, 'DEMO_LISTEN is "everywhere": expected an IP address such as 127.0.0.1.'],
    [{ DEMO_TRAFFIC_DAY: '1s' }, 'DEMO_TRAFFIC_DAY is "1s": expected a duration of 10s or more'],
    [{ DEMO_RPS: 'many' }, 'DEMO_RPS is "many": expected a number of requests per second'],
  ])('refuses %j', (environment, sentence) => {
    expect(() => parseSettings(environment)).toThrow(sentence);
  });
});
