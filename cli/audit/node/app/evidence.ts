import type { Node } from 'oxc-parser';
import type { Evidence } from '../../check/outcome.ts';
import type { ModuleFile } from '../read/module-file.ts';
import type { Value } from '../read/value.ts';
import type { NodeApplication } from './node-application.ts';

/** The text of a node, with its place. */
export function evidenceAt(file: ModuleFile, node: Node): Evidence {
  return { text: file.shown(node), path: file.path, line: file.lineOf(node) };
}

/** Where a value is set, or where the thing is used that has it. */
export function evidenceOf(value: Value | undefined, file: ModuleFile, node: Node): Evidence {
  return value?.spot ? evidenceAt(value.spot.file, value.spot.node) : evidenceAt(file, node);
}

/** What an application was read from. */
export function evidenceOfReading({ entries, modules, manifest }: NodeApplication): Evidence {
  const [entry] = entries.files;
  const text = `${modules.length} ${modules.length === 1 ? 'module was' : 'modules were'} read`;
  if (entry) return { ...entry.evidence, text: `${text}, from ${entry.path} on: ${entry.evidence.text}` };
  return manifest.path === undefined ? { text } : { text, path: manifest.path };
}

/** How an application is named in a sentence: by its folder, where there are several. */
export function nameOf({ folder }: NodeApplication): string {
  return folder === '' ? 'The application' : `The application in ${folder}`;
}
