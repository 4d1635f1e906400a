import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './cli.ts';

function createTerminal(answer: () => Response | Error = () => Response.json({})) {
  const written: string[] = [];
  const complaints: string[] = [];
  const calls: Array<{ url: string; method: string; body: unknown }> = [];
  const surroundings = {
    environment: {},
    directory: '/nowhere',
    write: (text: string) => written.push(text),
    complain: (text: string) => complaints.push(text),
    fetch: async (url: unknown, init?: RequestInit) => {
      const body: unknown = init?.body === undefined ? undefined : JSON.parse(String(init.body));
      calls.push({ url: String(url), method: init?.method ?? 'GET', body });
      const given = answer();
      if (given instanceof Error) {
        throw given;
      }
      return given;
    },
  };
  return { surroundings, written, complaints, calls };
}

describe('the command line', () => {
  it('puts a fault on a service and says what it does and how to undo it', async () => {
    const { surroundings, written, calls } = createTerminal();
    expect(await run(['fault', 'latency', 'checkout', '1s'], surroundings)).toBe(0);
    expect(calls).toEqual([
      {
        url: 'http://127.0.0.1:9407/faults',
        method: 'POST',
        body: { fault: 'latency', service: 'checkout', value: '1s' },
      },
    ]);
    expect(written).toEqual([
      'latency is on checkout (1s): each request or job takes that much longer.',
      'Take it away with: npm run demo -- heal',
    ]);
  });

  it.each([
    [['fault', 'latncy', 'checkout'], 'Did you mean "latency"?'],
    [['fault', 'latency', 'chekout'], 'Did you mean "checkout"?'],
    [['fault', 'latency', 'checkout', 'soon'], 'expected a duration'],
    [['fault', 'latency', 'checkout', '1s', 'please'], 'There is more than a fault, a service and a value: "please".'],
    [['fualt'], 'There is no command "fualt". Did you mean "fault"?'],
  ])('refuses %j without asking the demo', async (argv, sentence) => {
    const { surroundings, complaints, calls } = createTerminal();
    expect(await run(argv, surroundings)).toBe(2);
    expect(complaints.join('\n')).toContain(sentence);
    expect(calls).toEqual([]);
  });

  it('heals and names what it healed', async () => {
    const healed = [{ fault: 'latency', service: 'checkout', value: '1s' }];
    const { surroundings, written } = createTerminal(() => Response.json({ healed }));
    expect(await run(['heal'], surroundings)).toBe(0);
    expect(written).toEqual(['Healed: latency checkout 1s.']);
    const second = createTerminal(() => Response.json({ healed: [] }));
    await run(['heal'], second.surroundings);
    expect(second.written).toEqual(['There was no fault to heal.']);
  });

  it('shows the faults and the services', async () => {
    const status = {
      faults: [{ fault: 'crash', service: 'cart', value: '15s' }],
      services: [{ name: 'cart', state: 'down', version: '1.0.0', restarts: 2 }],
    };
    const { surroundings, written } = createTerminal(() => Response.json(status));
    expect(await run(['status'], surroundings)).toBe(0);
    expect(written).toEqual(['Faults: crash cart 15s.', '  cart            down, 1.0.0, started again 2×']);
  });

  it('lists every fault and service in its help', async () => {
    const { surroundings, written } = createTerminal();
    expect(await run(['--help'], surroundings)).toBe(0);
    expect(written.join('\n')).toMatch(/dependency-down[\s\S]*Services: storefront, .*card-processor/);
    expect(await run([], surroundings)).toBe(2);
  });

  it('says where it looked when the demo does not answer', async () => {
    const { surroundings, complaints } = createTerminal(() => new TypeError('fetch failed'));
    expect(await run(['heal'], surroundings)).toBe(1);
    expect(complaints[0]).toMatch(
      /^The demo does not answer at http:\/\/127.0.0.1:9407. Is it running\? Start it with/
    );
  });

  it('repeats the reason of a refusal', async () => {
    const refusal = () => Response.json({ detail: 'Not today.' }, { status: 400 });
    const { surroundings, complaints } = createTerminal(refusal);
    expect(await run(['status'], surroundings)).toBe(1);
    expect(complaints).toEqual(['The demo refused (400): Not today.']);
  });

  it('finds the demo by what the stack noted, and before that by the environment', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'demo-cli-'));
    mkdirSync(path.join(directory, '.pharos'));
    const note = path.join(directory, '.pharos', 'stack.json');
    const { surroundings, calls } = createTerminal();
    writeFileSync(note, '{"demo":{"control":"http://127.0.0.1:4711/"}}');
    await run(['status'], { ...surroundings, directory });
    const environment = { DEMO_CONTROL_URL: 'http://127.0.0.1:4712' };
    await run(['status'], { ...surroundings, directory, environment });
    writeFileSync(note, '{"demo":');
    await run(['status'], { ...surroundings, directory });
    expect(calls.map(({ url }) => url)).toEqual([
      'http://127.0.0.1:4711/faults',
      'http://127.0.0.1:4712/faults',
      'http://127.0.0.1:9407/faults',
    ]);
    rmSync(directory, { recursive: true });
  });
});
