import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readSettings } from '../../server/config.ts';
import { blocksOf, readText, root } from './guidePages.ts';
import { isFileSetting } from './knownSettings.ts';

const text = readText('docs/guide/install.md');
const objects = blocksOf(text, 'yaml').flatMap((block) => parseAllDocuments(block).map((one) => one.toJS() as unknown));

const deploymentSchema = z.object({
  kind: z.literal('Deployment'),
  spec: z.object({
    template: z.object({
      spec: z.object({
        enableServiceLinks: z.boolean(),
        securityContext: z.looseObject({ runAsUser: z.number(), fsGroup: z.number() }),
        containers: z.tuple([
          z.object({
            env: z.array(z.object({ name: z.string(), value: z.string() })),
            ports: z.tuple([z.object({ name: z.string(), containerPort: z.number() })]),
            livenessProbe: z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) }),
            readinessProbe: z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) }),
            volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })),
          }),
        ]),
        volumes: z.array(z.looseObject({ name: z.string() })),
      }),
    }),
  }),
});

const { spec } = objects.map((one) => deploymentSchema.safeParse(one)).flatMap(({ data }) => data ?? [])[0]?.spec
  .template ?? { spec: undefined };
const [container] = spec?.containers ?? [];
const settings = container?.env ?? [];

describe('docs/guide/install.md', () => {
  it('gives the engine of Kubernetes settings that it takes', () => {
    const files = settings.filter(({ name }) => name.endsWith('_FILE'));
    expect(files).toHaveLength(5);
    expect(files.filter(({ name }) => !isFileSetting(name))).toEqual([]);
    const values = settings.filter((one) => !files.includes(one)).map(({ name, value }) => [name, value]);
    expect(readSettings(Object.fromEntries(values))).toMatchObject({ listen: '0.0.0.0', port: 8686 });
  });

  it('mounts each secret where its setting looks for it', () => {
    const made = [...text.matchAll(/--from-literal=(\w+)=/g)].map(([, name = '']) => `/etc/pharos/secrets/${name}`);
    const read = settings.filter(({ name }) => name.endsWith('_FILE')).map(({ value }) => value);
    expect(read.toSorted()).toEqual(made.toSorted());
    const mounts = new Map(container?.volumeMounts.map(({ name, mountPath }) => [name, mountPath]));
    expect(mounts.get('secrets')).toBe('/etc/pharos/secrets');
    expect([...mounts.keys()].toSorted()).toEqual(spec?.volumes.map(({ name }) => name).toSorted());
  });

  it('keeps what Kubernetes says of a Service called pharos out of the environment', () => {
    expect(spec?.enableServiceLinks).toBe(false);
  });

  it('probes and publishes what the engine answers, at its own port', () => {
    expect(container?.ports).toEqual([{ name: 'http', containerPort: 8686 }]);
    expect([container?.livenessProbe.httpGet, container?.readinessProbe.httpGet]).toEqual([
      { path: '/health', port: 'http' },
      { path: '/ready', port: 'http' },
    ]);
  });

  it('gives the container of Docker settings that the engine takes, and the data directory of the image', () => {
    const [command = ''] = blocksOf(text, 'sh').filter((block) => block.includes('docker run'));
    const given = [...command.matchAll(/--env (\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]);
    expect(readSettings(Object.fromEntries(given))).toMatchObject({ listen: '0.0.0.0', port: 8686 });
    const [, folder] = /--volume pharos-data:(\S+)/.exec(command) ?? [];
    const image = readFileSync(path.join(root, 'stack/docker/Dockerfile'), 'utf8');
    expect(image).toContain(`PHAROS_DATA_DIR=${folder} `);
    expect(image).toMatch(/ AS engine$/m);
    const { version } = z.object({ version: z.string() }).parse(parse(readText('package.json')));
    expect(text.match(/pharos-engine:(\S+)/g)?.every((tag) => tag === `pharos-engine:${version}`)).toBe(true);
  });

  it('starts a program that is there with systemd, by settings that the engine takes', () => {
    const blocks = blocksOf(text, 'ini');
    const lines = blocks.join('\n').split('\n');
    const assigned = lines.flatMap((line) => [...line.replace(/^Environment=/, '').matchAll(/(PHAROS_\w+)=(\S+)/g)]);
    const given = Object.fromEntries(assigned.map(([, name = '', value = '']) => [name, value]));
    expect(readSettings(given)).toMatchObject({ dataDir: '/var/lib/pharos', prometheusUrl: 'http://127.0.0.1:9090' });
    const [, program = ''] = /^ExecStart=\S+ \/opt\/pharos\/(\S+) engine$/m.exec(lines.join('\n')) ?? [];
    expect(existsSync(path.join(root, program))).toBe(true);
    // The launcher hands its signal on: with one for the whole group the engine would end without order.
    expect(lines).toContain('KillMode=mixed');
  });
});
