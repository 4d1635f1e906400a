import path from 'node:path';
import { readFileSync } from 'node:fs';
import CopyWebpackPlugin from 'copy-webpack-plugin';
import VirtualModulesPlugin from 'webpack-virtual-modules';
import webpack, { type Configuration, type RuleSetRule } from 'webpack';
import scaffold, { type Env } from './.config/webpack/webpack.config.ts';
import { bundleWorkers } from './src/console/build.ts';

/** They act on all of dist, or name the app: once is enough, and nested plugins get their own where they need one. */
const APP_ONLY = ['VirtualModulesPlugin', 'CopyPlugin', 'ReplaceInFileWebpackPlugin', 'LiveReloadPlugin'];

/** The scaffold compiles JSX to `React.createElement`; our files bring no `React` into scope and use the runtime that hosts share. */
const compileJsx: RuleSetRule = {
  test: /\.tsx?$/,
  exclude: /node_modules/,
  use: {
    loader: 'swc-loader',
    options: {
      jsc: {
        target: 'es2015',
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic' } },
      },
    },
  },
};

const isSwcRule = (rule: unknown): boolean => JSON.stringify(rule).includes('swc-loader');

async function baseConfig(env: Env): Promise<Configuration> {
  const base = await scaffold(env);
  const rules = (base.module?.rules ?? []).map((rule) => (isSwcRule(rule) ? compileJsx : rule));
  const plugins = [...(base.plugins ?? []), new webpack.DefinePlugin(await bundleWorkers())];
  return { ...base, plugins, module: { ...base.module, rules } };
}

const publicPathModule = (id: string): string => `
import self from 'amd-module';
__webpack_public_path__ = self && self.uri ? self.uri.slice(0, self.uri.lastIndexOf('/') + 1) : 'public/plugins/${id}/';
`;

async function nestedPlugin(env: Env, entry: string, file: string): Promise<Configuration> {
  // Called again for each: a plugin instance belongs to one compilation.
  const base = await baseConfig(env);
  const folder = path.dirname(entry);
  const dist = base.output?.path ?? 'dist';
  const { id }: { id: string } = JSON.parse(readFileSync(path.join(path.dirname(file), 'plugin.json'), 'utf8'));
  return {
    ...base,
    name: folder,
    dependencies: ['app'],
    entry: { module: file },
    cache: { type: 'filesystem', name: `nested-${folder.replace(/\W/g, '-')}` },
    output: {
      ...base.output,
      clean: false,
      path: path.join(dist, folder),
      publicPath: `public/plugins/${id}/`,
      uniqueName: id,
    },
    plugins: [
      ...(base.plugins ?? []).filter((plugin) => !APP_ONLY.includes(plugin?.constructor.name ?? '')),
      new VirtualModulesPlugin({ 'node_modules/grafana-public-path.js': publicPathModule(id) }),
      new CopyWebpackPlugin({
        patterns: [{ from: `${folder}/img/**/*`, to: path.join(dist, '[path][name][ext]'), noErrorOnMissing: true }],
      }),
    ],
  };
}

/** One compilation per plugin, as each is loaded from an address of its own. The app's comes first: it clears dist. */
export default async function configure(env: Env): Promise<Configuration[]> {
  const app = await baseConfig(env);
  const { module: entry = '', ...nested } = app.entry as Record<string, string>;
  return [
    { ...app, name: 'app', entry: { module: entry } },
    ...(await Promise.all(Object.entries(nested).map(([name, file]) => nestedPlugin(env, name, file)))),
  ];
}
