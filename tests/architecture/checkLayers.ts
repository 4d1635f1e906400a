import { importsOf, resolveImport, type Import, type Sources } from './imports.ts';
import { BROWSER_ONLY, LAYERS, NODE_RUN, UNBOUND, type Layer } from './layerTable.ts';

interface Place {
  readonly layer: Layer;
  /** The page or panel, for families; empty otherwise. */
  readonly member: string;
}

type Graph = ReadonlyMap<string, ReadonlyArray<Import & { readonly target: string | null }>>;

const ASSET = /\.(json|svg|png|css|woff2)$/;
const isRelative = (specifier: string): boolean => specifier.startsWith('.');

function placeOf(file: string): Place | undefined {
  for (const layer of LAYERS) {
    const match = layer.files.exec(file);
    if (match) {
      return { layer, member: match[1] ?? '' };
    }
  }
  return undefined;
}

const covers = (names: readonly string[] | undefined, name: string): boolean =>
  (names ?? []).some((candidate) =>
    candidate.endsWith('/*') ? name.startsWith(candidate.slice(0, -1)) : candidate === name
  );

const startsWithPackage = (prefixes: readonly string[], specifier: string): boolean =>
  prefixes.some((prefix) => specifier === prefix || specifier.startsWith(/[/:]$/.test(prefix) ? prefix : `${prefix}/`));

/** All imports of the given files, with the file that each relative one means. */
export function buildGraph(sources: Sources): Graph {
  return new Map(
    [...sources].map(([file, text]) => [
      file,
      importsOf(file, text).map((one) => ({
        ...one,
        target: isRelative(one.specifier) ? resolveImport(file, one.specifier, sources) : null,
      })),
    ])
  );
}

function ownImportProblem(from: Place, to: Place, kind: Import['kind']): string | null {
  if (from.layer === to.layer) {
    return from.member === to.member
      ? null
      : `${from.layer.name} "${from.member}" may not import another ${to.layer.name}`;
  }
  const { name } = to.layer;
  if (covers(from.layer.may, name)) {
    return null;
  }
  if (covers(from.layer.types, name)) {
    return kind === 'type' ? null : `${from.layer.name} may import only types of ${name}, by \`import type\``;
  }
  if (covers(from.layer.lazily, name)) {
    return kind === 'value' ? `${from.layer.name} may import ${name} only by \`import()\`` : null;
  }
  return `${from.layer.name} may not import ${name}`;
}

function packageProblem({ layer }: Place, specifier: string): string | null {
  const allowed = layer.npm.includes('*')
    ? !startsWithPackage(BROWSER_ONLY, specifier)
    : startsWithPackage(layer.npm, specifier);
  return allowed ? null : `${layer.name} may not import the package`;
}

function problemOf(from: Place, one: Import & { readonly target: string | null }): string | null {
  if (!isRelative(one.specifier)) {
    return packageProblem(from, one.specifier);
  }
  if (one.target === null) {
    return ASSET.test(one.specifier) ? null : 'there is no such file';
  }
  if (UNBOUND.test(one.target)) {
    const isLaunch = covers(from.layer.lazily, 'tests') && one.kind === 'lazy';
    return isLaunch ? null : 'neither tests nor benchmarks are imported by the product';
  }
  const to = placeOf(one.target);
  return to ? ownImportProblem(from, to, one.kind) : 'it belongs to no layer';
}

/** Breaches of the import table, as sentences; files outside every layer are breaches too. */
export function layerViolations(graph: Graph): string[] {
  return [...graph]
    .filter(([file]) => !UNBOUND.test(file))
    .flatMap(([file, imports]) => {
      const from = placeOf(file);
      if (!from) {
        return [`${file}: belongs to no layer`];
      }
      return imports.flatMap((one) => {
        const problem = problemOf(from, one);
        return problem === null ? [] : [`${file} -> ${one.specifier}: ${problem}`];
      });
    });
}

const targetsOf = (graph: Graph, file: string): string[] =>
  (graph.get(file) ?? []).flatMap(({ target }) => (target === null ? [] : [target]));

/** Files that import each other in a ring, types and dynamic imports included; each ring once, sorted (Tarjan 1972). */
export function findCycles(graph: Graph): string[][] {
  const order = new Map<string, number>();
  const open: string[] = [];
  const rings: string[][] = [];

  /** Returns the earliest open file that this one leads back to, by its number. */
  function visit(file: string): number {
    const index = order.size;
    order.set(file, index);
    open.push(file);
    let earliest = index;
    for (const target of targetsOf(graph, file)) {
      const known = order.get(target);
      if (known === undefined) {
        earliest = Math.min(earliest, visit(target));
      } else if (open.includes(target)) {
        earliest = Math.min(earliest, known);
      }
    }
    if (earliest === index) {
      rings.push(open.splice(open.indexOf(file)));
    }
    return earliest;
  }

  for (const file of graph.keys()) {
    if (!order.has(file)) {
      visit(file);
    }
  }
  const isRing = ([first = '', ...others]: string[]): boolean =>
    others.length > 0 || targetsOf(graph, first).includes(first);
  return rings.filter(isRing).map((ring) => ring.toSorted());
}

/** `.tsx` files that a Node program reaches, each with the chain of imports that leads there. */
export function jsxInNode(graph: Graph): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const queue = [...graph.keys()].filter((file) => NODE_RUN.test(file) && !UNBOUND.test(file)).map((file) => [file]);
  for (let chain = queue.shift(); chain; chain = queue.shift()) {
    const file = chain[chain.length - 1] ?? '';
    if (file.endsWith('.tsx')) {
      found.push(chain.join(' -> '));
    }
    for (const { target } of seen.has(file) ? [] : (graph.get(file) ?? [])) {
      if (target !== null) {
        queue.push([...chain, target]);
      }
    }
    seen.add(file);
  }
  return found;
}
