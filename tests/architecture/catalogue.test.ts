import path from 'node:path';
import { findCatalogueProblems } from '../../cli/catalogue/checks.ts';
import { findForbiddenCode } from '../../cli/catalogue/codeRules.ts';
import { readCode, readPluginSources, readTools } from '../../cli/catalogue/readSources.ts';
import { findToolProblems, TOOL_FILES } from '../../cli/catalogue/tools.ts';

const root = path.join(import.meta.dirname, '../..');

describe("Grafana's catalogue", () => {
  it('takes what the plugin says of itself, its documents and its pictures', async () => {
    const files = await readPluginSources(root);
    expect([...files.keys()]).toEqual(expect.arrayContaining(['plugin.json', 'README.md', 'LICENSE']));
    expect(findCatalogueProblems({ files, platforms: undefined })).toEqual([]);
  });

  it('takes how it is built', async () => {
    const tools = await readTools(root);
    expect([...tools.keys()]).toEqual([...TOOL_FILES]);
    expect(findToolProblems(tools)).toEqual([]);
  });

  it('takes the code', async () => {
    const code = await readCode(root);
    expect([...code.keys()]).toEqual(expect.arrayContaining(['src/module.tsx', 'pkg/main.go']));
    expect(findForbiddenCode(code)).toEqual([]);
  });
});
