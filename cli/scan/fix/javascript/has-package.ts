import type { Found } from '../fix.ts';

/** Whether a `package.json` in the folder of a file, or in a folder above it, lists a package under `dependencies`. */
export function hasPackage({ sources }: Found, path: string, name: string): boolean {
  const folders = path.split('/').slice(0, -1);
  for (let count = folders.length; count >= 0; count--) {
    const text = sources([...folders.slice(0, count), 'package.json'].join('/'));
    if (text !== undefined && dependencies(text).has(name)) return true;
  }
  return false;
}

function dependencies(text: string): ReadonlySet<string> {
  try {
    const json: unknown = JSON.parse(text);
    const of = typeof json === 'object' && json && 'dependencies' in json ? json.dependencies : undefined;
    return new Set(typeof of === 'object' && of ? Object.keys(of) : []);
  } catch {
    return new Set();
  }
}
