import { alertLink } from './alertLink.ts';
import { grafanaContext, hostile } from './grafanaContext.fixture.ts';

const labels = {
  service: 'checkout',
  alertname: 'Checkout p95',
  grafana_folder: 'Pharos',
  __private: 'x',
  team: '',
  odd: 'say "hi"',
  'with space': 'y',
};
function paramsOf(context: unknown): Record<string, string> {
  const [page = '', search] = alertLink(context).path.split('?');
  return { page, ...Object.fromEntries(new URLSearchParams(search)) };
}

describe('alertLink', () => {
  it('reads the frozen context, which cannot be read plainly', () => {
    const context = grafanaContext({ instance: { labels }, rule: { uid: 'rule-7', name: 'Checkout p95' } });
    expect(() => context.instance.labels.service).toThrow(TypeError);
    expect(paramsOf(context)).toEqual({
      page: '/a/pharos-observability-app/alerts/find',
      source: 'grafana',
      rule: 'rule-7',
      q: 'alertname="Checkout p95" grafana_folder="Pharos" service="checkout"',
    });
  });

  it.each([
    ['the ruler', { rulerRule: { grafana_alert: { uid: 'rule-8' } } }],
    ['the labels', undefined],
  ])('finds the uid of the rule in %s too', (_, rule) => {
    const instance = { labels: { alertname: 'x', __alert_rule_uid__: 'rule-8' } };
    expect(paramsOf(grafanaContext({ instance, rule }))).toMatchObject({ rule: 'rule-8', q: 'alertname="x"' });
  });

  it('does not claim that an alert of a data source came from Grafana', () => {
    expect(alertLink(grafanaContext({ instance: { labels: { alertname: 'Down' } }, rule: { name: 'Down' } }))).toEqual({
      path: '/a/pharos-observability-app/alerts/find?q=alertname%3D%22Down%22',
    });
  });

  it('keeps within what the search takes, the name of the alert first', () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`label_${n}`, 'v'.repeat(20)]));
    const { q = '' } = paramsOf({ instance: { labels: { ...many, alertname: 'x' } } });
    expect(q).toMatch(/^alertname="x" label_0="v{20}" /);
    expect(q.length).toBeLessThanOrEqual(500);
    expect(q.length).toBeGreaterThan(450);
  });

  it.each([
    [undefined],
    [null],
    ['text'],
    [{}],
    [{ instance: null, rule: 7 }],
    [{ instance: { labels: ['a'] } }],
    [hostile()],
    [{ instance: hostile(), rule: hostile() }],
  ])('leads to the alerts, whatever Grafana hands out (%#)', (context) => {
    expect(alertLink(context).path).toMatch(/^\/a\/pharos-observability-app\/alerts/);
  });
});
