import { dockerfiles } from '../../files/container/read-dockerfile.ts';
import { isOwnManifest } from '../../files/own-folder.ts';
import type { Subject } from '../../subject/subject.ts';

export interface UsedVersion {
  /** `node`, `python`, `npm/next` */
  readonly product: string;
  /** As the file has it; undefined if it names none: `FROM node`. */
  readonly version: string | undefined;
  readonly path: string;
  readonly line: number;
}

/** The versions of Node and Python that files fix: images of Dockerfiles, `.nvmrc` and the like. Ranges of manifests fix none. */
export function runtimeVersions(subject: Subject): readonly UsedVersion[] {
  const named = subject.paths.filter(isOwnManifest).flatMap((path) => ofFile(path, subject.read(path)));
  return [...ofImages(subject), ...named];
}

/** Of the images that run at the end: what only builds is left out. */
function ofImages(subject: Subject): readonly UsedVersion[] {
  return dockerfiles(subject).flatMap(({ path, stages }) => {
    let stage = stages.at(-1);
    for (let steps = 0; stage !== undefined && steps < stages.length; steps++) {
      const { base } = stage;
      const below = stages.find(({ name }) => name?.toLowerCase() === base.toLowerCase());
      if (below === undefined || below === stage) break;
      stage = below;
    }
    const image = /^(?:docker\.io\/)?(?:library\/)?(node|python)(?::([\w.-]+))?(?:@.*)?$/.exec(
      stage?.base ?? '',
    );
    if (stage === undefined || image?.[1] === undefined) return [];
    return [{ product: image[1], version: image[2]?.replace(/-.*$/, ''), path, line: stage.line }];
  });
}

function ofFile(path: string, text: string | undefined): readonly UsedVersion[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const lines = (text ?? '').split(/\r?\n/, 200);
  const used = (product: string, pattern: RegExp): readonly UsedVersion[] =>
    lines.flatMap((line, index) => {
      const version = pattern.exec(line)?.[1];
      return version === undefined ? [] : [{ product, version, path, line: index + 1 }];
    });
  if (name === '.nvmrc' || name === '.node-version') return used('node', /^\s*([^\s#]{1,100})/).slice(0, 1);
  if (name === '.python-version') return used('python', /^\s*([^\s#]{1,100})/).slice(0, 1);
  if (name === 'runtime.txt') return used('python', /^python-(\S{1,100})/);
  if (name !== '.tool-versions') return [];
  return [...used('node', /^nodejs\s+(\S{1,100})/), ...used('python', /^python\s+(\S{1,100})/)];
}
