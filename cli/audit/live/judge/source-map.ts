/**
 * The names of the sources that a source map holds the text of, without those of packages and bundlers. Undefined if the text is no source
 * map.
 */
export function readSourceMap(text: string): readonly string[] | undefined {
  const map = parseJson(text.replace(/^\)\]\}'?[^\n]*\n/, ''));
  if (!isRecord(map) || map['version'] !== 3) return undefined;
  const sections = Array.isArray(map['sections']) ? map['sections'].slice(0, 1_000) : [];
  const parts = [map, ...sections.map((one) => (isRecord(one) ? one['map'] : undefined)).filter(isRecord)];
  return parts.flatMap(ownSources);
}

function ownSources(map: Readonly<Record<string, unknown>>): readonly string[] {
  const contents = Array.isArray(map['sourcesContent']) ? map['sourcesContent'] : [];
  const names = Array.isArray(map['sources']) ? map['sources'] : [];
  return contents.slice(0, 10_000).flatMap((content, index) => {
    const name = String(names[index] ?? '');
    const isOwn =
      !/(?:^|\/)node_modules\/|^webpack\/|^(?:webpack:\/\/)?[^/]*\/?webpack\/(?:runtime|bootstrap)|^external /.test(
        name,
      );
    return typeof content === 'string' && content.trim() !== '' && isOwn ? [name] : [];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
