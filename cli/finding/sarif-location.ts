import type { Place } from './finding.ts';
import { compareText } from './finding-order.ts';
import { sourceLines } from './source-lines.ts';

/** Where all paths of a report start. What that is on a machine is not said: the report is the same on all. */
export const rootId = '%SRCROOT%';

export interface Locations {
  readonly artifacts: readonly object[];
  location(place: Place, message?: string): object;
}

/** Locations that name their artifact by its index, and the list of these. */
export function sarifLocations(
  places: readonly Place[],
  sources: (path: string) => string | undefined,
): Locations {
  const lineOf = sourceLines(sources);
  const paths = [...new Set(places.map(({ path }) => path))].sort(compareText);
  const indexes = new Map(paths.map((path, index) => [path, index]));
  return {
    artifacts: paths.map((path) => ({ location: { uri: relativeUri(path), uriBaseId: rootId } })),
    location: (place, message) => {
      const snippet = lineOf(place.path, place.line);
      return {
        physicalLocation: {
          artifactLocation: {
            uri: relativeUri(place.path),
            uriBaseId: rootId,
            index: indexes.get(place.path) ?? -1,
          },
          region: region(place),
          ...(snippet === undefined || snippet.length > longestSnippet
            ? {}
            : { contextRegion: { startLine: Math.max(1, place.line), snippet: { text: snippet } } }),
        },
        ...(message === undefined ? {} : { message: { text: message } }),
      };
    },
  };
}

const longestSnippet = 500;

/** Corrects a place that an editor could not show: consumers refuse a whole file for one line 0. */
function region(place: Place): object {
  const startLine = Math.max(1, place.line);
  const startColumn = Math.max(1, place.column);
  const endLine = Math.max(startLine, place.endLine);
  const endColumn =
    endLine > startLine ? Math.max(1, place.endColumn) : Math.max(startColumn, place.endColumn);
  return { startLine, startColumn, endLine, endColumn };
}

/** `src/a b.ts` is `src/a%20b.ts`. */
export function relativeUri(path: string): string {
  return path
    .toWellFormed()
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
}
