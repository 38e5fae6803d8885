import type { Subject } from '../subject/subject.ts';

/**
 * Whether a Dockerfile of the project builds on such an image, or a service of compose runs it: what is not copied or mounted over it is as
 * the image has it.
 */
export function ownImage(subject: Subject, image: RegExp): boolean {
  return isBuiltOn(subject, image) || isRun(subject, image);
}

function isBuiltOn(subject: Subject, image: RegExp): boolean {
  return subject.paths
    .filter((path) => /(^|\/)(Dockerfile|Containerfile)[^/]*$|\.dockerfile$/i.test(path))
    .slice(0, 100)
    .some((path) => {
      const bases = [...(subject.read(path) ?? '').matchAll(/^\s*FROM\s+(?:--\S+\s+)*(\S+)/gim)].map(
        ([, base = '']) => base,
      );
      const copiesMain = /^\s*(COPY|ADD)\s+.*nginx\/?(nginx\.conf)?\s*$/im.test(subject.read(path) ?? '');
      return bases.some((base) => image.test(base)) && !copiesMain;
    });
}

function isRun(subject: Subject, image: RegExp): boolean {
  return subject.paths
    .filter((path) => /(^|\/)(docker-)?compose[^/]*\.ya?ml$/i.test(path))
    .slice(0, 100)
    .some((path) => {
      const text = subject.read(path) ?? '';
      const images = [...text.matchAll(/^\s*(?:-\s*)?image:\s*["']?([^\s"'#]+)/gm)].map(
        ([, name = '']) => name,
      );
      const mountsMain = /:\s*["']?\/etc\/nginx\/?(nginx\.conf)?\/?["']?\s*(:|#|$)/m.test(text);
      return images.some((name) => image.test(name)) && !mountsMain;
    });
}
