import { type Edit, type Fixer, left, type Proposal } from '../fix.ts';
import { withoutArgument } from './edit-arguments.ts';
import { argumentsOf, childOf, nodeAt, type PythonFile, source } from './python-file.ts';

const safe: ReadonlyMap<string, string> = new Map([
  ['load', 'safe_load'],
  ['full_load', 'safe_load'],
  ['unsafe_load', 'safe_load'],
  ['load_all', 'safe_load_all'],
  ['full_load_all', 'safe_load_all'],
  ['unsafe_load_all', 'safe_load_all'],
]);
const loaders = /^(?:\w+\.)?C?(?:Full|Unsafe)?Loader$/;

/** Replaces an unsafe YAML loader with the safe one, which reads plain data only. */
export const fixYaml: Fixer<PythonFile> = {
  rules: ['deserialize/untrusted'],
  propose(found, file): Proposal {
    const call = nodeAt(file, 'call', found.at, found.end);
    const called = childOf(call, 'function');
    const name = childOf(called, 'attribute');
    const given = call && argumentsOf(file, call);
    const better = name && safe.get(source(file, name));
    if (!name || !given || !better || !isYaml(file, childOf(called, 'object'))) {
      return left('What reads the data has no safe counterpart of the same format.');
    }
    const [, second, third] = given.positional;
    const keyword = given.keywords.get('Loader');
    const others = [...given.keywords.keys()].filter((one) => one !== 'Loader' && one !== 'stream');
    const loader = second ?? childOf(keyword, 'value');
    if (third || others.length > 0 || (loader && !loaders.test(source(file, loader)))) {
      return left('The loader is one of its own.');
    }
    const edits: Edit[] = [{ at: name.at, end: name.end, text: better }];
    const argument = second ?? keyword;
    if (argument) edits.push(withoutArgument(file, argument));
    return { title: 'Read YAML as plain data', edits };
  },
};

/** Whether a node is the name `yaml` of `import yaml`. */
function isYaml(file: PythonFile, node: { readonly at: number; readonly end: number } | undefined): boolean {
  if (!node) return false;
  const name = file.text.slice(node.at, node.end);
  return new RegExp(
    `^[ \\t]*import[ \\t]+(?:[\\w., \\t]*,[ \\t]*)?yaml${name === 'yaml' ? '' : `[ \\t]+as[ \\t]+${name}`}\\b`,
    'm',
  ).test(/^\w+$/.test(name) ? file.text : '');
}
