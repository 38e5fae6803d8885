export { diskStore } from '../../../lib/upload/disk/index.ts';
export { uploads } from '../../../lib/upload/index.ts';
