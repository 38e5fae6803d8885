import { parseSyml } from '@yarnpkg/parsers';
import { isMap, type Values } from '../kit/values.ts';

const mostDocuments = 20;

/**
 * The documents of a lock file of pnpm or yarn. All scalars are texts.
 *
 * @returns a problem instead: how the sentence ends that begins with the path
 */
export function parseYamlLock(
  text: string,
): { readonly documents: readonly Values[] } | { readonly problem: string } {
  const parts = text.split(/^---[ \t]*$/m, mostDocuments + 1).filter((part) => part.trim() !== '');
  if (parts.length > mostDocuments) return { problem: 'has too many documents' };
  if (isDeep(text)) return { problem: 'is nested too deeply' };
  try {
    const documents: Values[] = [];
    for (const part of parts) {
      const document: unknown = parseSyml(part);
      if (!isMap(document)) return { problem: 'is not a lock file' };
      documents.push(document);
    }
    return { documents };
  } catch {
    return { problem: 'is not valid YAML' };
  }
}

/** A parser that calls itself for each bracket would overflow its stack, and anchors could stand for any amount of data. */
function isDeep(text: string): boolean {
  return /[[{]{60}|(?:\[ *){60}/.test(text) || /^ {400}/m.test(text);
}
