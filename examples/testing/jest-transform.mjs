/** Jest reads JavaScript: this takes the types out of a file, and leaves its imports as they are. */
import { transform } from 'esbuild';

export default {
  async processAsync(source, sourcefile) {
    const { code } = await transform(source, {
      ...{ loader: 'ts', format: 'esm', target: 'node20', sourcemap: 'inline', sourcefile },
    });
    return { code };
  },
};
