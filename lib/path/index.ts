export { inside, rootPath } from './inside.ts';
export { isSafePath, type SafePath } from './safe-path.ts';
