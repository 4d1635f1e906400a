import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from './paths.ts';
import { getRelayArgs, getRelayFile, linuxHere, thisMachine } from './relay.ts';

const read = (file: string): string => readFileSync(path.join(repositoryRoot, file), 'utf8');

describe('the relay', () => {
  it('is built where Grafana looks for the executable that the manifest names', () => {
    const { executable } = z.object({ executable: z.string() }).parse(JSON.parse(read('src/datasource/plugin.json')));
    expect(getRelayFile({ os: 'linux', architecture: 'arm64' })).toBe(`dist/datasource/${executable}_linux_arm64`);
    expect(getRelayFile({ os: 'windows', architecture: 'amd64' })).toBe(
      `dist/datasource/${executable}_windows_amd64.exe`
    );
  });

  it.each([
    { os: 'linux', architecture: 'amd64' },
    { os: 'linux', architecture: 'arm64' },
    { os: 'darwin', architecture: 'arm64' },
    { os: 'windows', architecture: 'amd64' },
  ])('for $os on $architecture outlives a build of the bundle, which clears the rest of dist', (target) => {
    const keep = /keep: new RegExp\(`(.+)`\)/.exec(read('.config/webpack/webpack.config.ts'))?.[1] ?? 'nothing';
    expect(path.relative('dist', getRelayFile(target))).toMatch(new RegExp(`^${keep}$`));
  });

  it('is named by Go, not by Node', () => {
    for (const { os, architecture } of [thisMachine, linuxHere]) {
      expect(`${os} ${architecture}`).toMatch(/^(linux|darwin|windows) (amd64|arm64)$/);
    }
  });

  it('carries its version, and nothing of the machine that built it', () => {
    const args = getRelayArgs('/tmp/relay', '0.1.0');
    expect(args).toContain('-trimpath');
    expect(args.join(' ')).toContain(
      `-ldflags=-s -w -X 'github.com/grafana/grafana-plugin-sdk-go/build/buildinfo.buildInfoJSON={"pluginID":"pharos-observability-datasource","version":"0.1.0"}'`
    );
  });

  it('has the id that the manifest of the data source has', () => {
    const { id } = z.object({ id: z.string() }).parse(JSON.parse(read('src/datasource/plugin.json')));
    expect(read('pkg/main.go')).toContain(`datasource.Manage("${id}",`);
    expect(getRelayArgs('/tmp/relay', '0.1.0').join(' ')).toContain(`"pluginID":"${id}"`);
  });

  it('signs for whom the engine expects, and knows its paths', () => {
    const sources = globSync('pkg/relay/*.go', { cwd: repositoryRoot }).map(read).join('\n');
    for (const expected of ['"pharos-relay"', '"pharos-engine"', '"/api/v1/frames/query"', '"/api/v1/status"']) {
      expect(sources).toContain(expected);
    }
  });
});
