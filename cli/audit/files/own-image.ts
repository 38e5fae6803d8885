import type { Subject } from '../subject/subject.ts';

/** Whether a Dockerfile of the project builds on such an image: what is not copied over it is as the image has it. */
export function ownImage(subject: Subject, image: RegExp): boolean {
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
