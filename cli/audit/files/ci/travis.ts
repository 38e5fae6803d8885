import type { Subject } from '../../subject/subject.ts';
import { hasPath } from '../has-path.ts';
import { at, itemsOf, lineOf, readYaml, type Tree, textOf } from '../yaml-tree.ts';
import type { Ci, CiStep, Unread } from './ci-model.ts';

const phases = ['before_install', 'install', 'before_script', 'script'];

/** `.travis.yml`: the commands of the build and of its jobs, which run for each push and pull request. */
export function readTravis(subject: Subject): Ci {
  const path = ['.travis.yml', '.travis.yaml'].find((one) => hasPath(subject, one));
  if (path === undefined) return { configs: [], steps: [], unread: [] };
  const text = subject.read(path);
  const file = text === undefined ? undefined : readYaml(text);
  const tree = file?.documents[0];
  if (tree === undefined || file?.problem !== undefined) {
    const unread: Unread = { what: `${path} ${file?.problem ?? 'could not be read'}`, path, line: 1 };
    return { configs: [], steps: [], unread: [unread] };
  }
  const jobs = ['jobs', 'matrix'].flatMap((key) => itemsOf(at(tree, key, 'include')));
  const mayFail = ['jobs', 'matrix'].some((key) => at(tree, key, 'allow_failures') !== undefined);
  const steps = [
    ...stepsOf(tree, path, 'travis', false),
    ...jobs.flatMap((job) => stepsOf(job, path, textOf(at(job, 'name')) ?? 'job', mayFail)),
  ];
  const imports = itemsOf(at(tree, 'import'));
  const unread = imports.map(({ line }) => ({
    what: 'What .travis.yml imports is not followed',
    path,
    line,
  }));
  return { configs: [{ text: path, path, line: 1 }], steps, unread };
}

function stepsOf(tree: Tree, path: string, job: string, mayFail: boolean): readonly CiStep[] {
  const texts = phases.flatMap((phase) => itemsOf(at(tree, phase)).flatMap((item) => textOf(item) ?? []));
  // Without a script Node's projects run this one.
  const isNode = itemsOf(at(tree, 'language')).some((item) => textOf(item) === 'node_js');
  if (isNode && at(tree, 'script') === undefined) texts.push('npm test');
  if (texts.length === 0) return [];
  const condition = textOf(at(tree, 'if'));
  const change = condition === undefined ? 'yes' : 'maybe';
  return [
    {
      path,
      line: lineOf(tree, 'script'),
      job,
      trigger: { change, schedule: 'maybe' },
      ignored: mayFail ? 'maybe' : 'no',
      inputs: {},
      run: texts.join('\n'),
      folder: '',
    },
  ];
}
