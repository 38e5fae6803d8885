/**
 * The layers of the scanner, the lowest first. A file imports from its own layer and from those below, types included. The longest
 * path that fits counts, so that a part of a folder can be a layer of its own. docs/scan-architecture.md describes them.
 */
export const scanLayers: readonly (readonly string[])[] = [
  ['budgets', 'scan-mistake.ts', 'groups.ts', 'parse-yaml.ts', 'languages/language-id.ts'],
  ['regex'],
  ['ir'],
  [
    'sinks/kinds',
    'sinks/kind.ts',
    'sinks/kinds.ts',
    'sinks/sink-kinds.ts',
    'sinks/mail-sinks.ts',
    'sinks/source-names.ts',
  ],
  ['models'],
  ['frameworks', 'libraries'],
  ['languages'],
  ['project'],
  ['callgraph'],
  ['callgraph/query'],
  ['dataflow/domain'],
  ['dataflow/view'],
  ['semantics/pattern'],
  ['frameworks/routes'],
  ['dataflow/query'],
  ['dataflow/summary'],
  ['schemas'],
  ['semantics'],
  ['guards'],
  ['frameworks/traits'],
  ['dataflow/models'],
  ['semantics/builtin'],
  ['sinks'],
  ['dataflow/function'],
  ['dataflow/program'],
  ['rules/kit'],
  ['rules'],
  ['report'],
  ['inventory', 'code-view.ts'],
  ['fix'],
  ['incremental', 'config', ''],
];

/** The layer of a file, by its path below `cli/scan`. */
export function layerOf(path: string): number {
  let found = -1;
  let longest = -1;
  scanLayers.forEach((places, layer) => {
    for (const place of places) {
      const isIn = place === '' ? !path.includes('/') : path === place || path.startsWith(`${place}/`);
      if (!isIn || place.length <= longest) continue;
      found = layer;
      longest = place.length;
    }
  });
  return found;
}
