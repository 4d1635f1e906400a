import { readHealth } from './grafanaHealth.ts';

const read = (status: number, body: unknown) => readHealth({ status, body }, 'pharos');

describe('readHealth', () => {
  it('hands on what the relay says', () => {
    expect(read(200, { status: 'OK', message: 'The engine answers.' })).toEqual({ message: 'The engine answers.' });
    expect(
      read(400, { status: 'ERROR', message: 'Nothing answers.', details: { code: 'engine_unreachable' } })
    ).toEqual({ problem: { message: 'Nothing answers.', code: 'engine_unreachable' } });
    expect(read(400, { status: 'ERROR', message: 'Odd.', details: null })).toEqual({
      problem: { message: 'Odd.', code: '' },
    });
  });

  it('knows what is Grafana’s own', () => {
    expect(read(404, { message: 'Data source not found' })).toMatchObject({ problem: { code: 'datasource_missing' } });
    expect(read(500, { message: 'Plugin health check failed' })).toEqual({
      problem: {
        code: 'relay_unavailable',
        message: 'The backend of the data source "pharos" did not answer: Plugin health check failed.',
      },
    });
    expect(read(418, 'tea')).toEqual({ problem: { message: 'Grafana answered the test with status 418.', code: '' } });
  });
});
