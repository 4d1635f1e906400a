import { epochMs } from '../units.ts';
import { profilesUrl } from './profilesUrl.ts';

describe('profilesUrl', () => {
  it('names the data source where it is known, else its type', () => {
    const of = (uid?: string): unknown => {
      const span = { service: 'cart', profile: 'ab12', window: { from: epochMs(1000), to: epochMs(2000) }, uid };
      return JSON.parse(new URL(profilesUrl('https://grafana.example', span)).searchParams.get('panes') ?? '');
    };
    const type = 'grafana-pyroscope-datasource';
    expect(of('pyro')).toMatchObject({
      pharos: { datasource: 'pyro', queries: [{ datasource: { type, uid: 'pyro' } }] },
    });
    expect(of()).toMatchObject({ pharos: { datasource: type, queries: [{ datasource: { type } }] } });
  });

  it('asks for the profile of one span, whatever its service is called', () => {
    const url = profilesUrl('https://grafana.example/', {
      service: 'check"out',
      profile: 'ab12',
      window: { from: epochMs(1000), to: epochMs(2000) },
    });
    expect(url.startsWith('https://grafana.example/explore?schemaVersion=1&panes=')).toBe(true);
    const panes: unknown = JSON.parse(new URL(url).searchParams.get('panes') ?? '');
    expect(panes).toMatchObject({
      pharos: {
        range: { from: '1000', to: '2000' },
        queries: [{ labelSelector: String.raw`{service_name="check\"out"}`, spanSelector: ['ab12'] }],
      },
    });
  });
});
