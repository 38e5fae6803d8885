import { join } from 'node:path/posix';
import type { Subject } from '../../subject/subject.ts';
import { createEvaluator } from '../read/evaluate.ts';
import { openModule } from '../read/module-file.ts';
import { textOf } from '../read/value.ts';
import type { Started } from './entry-commands.ts';
import { moduleLoader } from './module-loader.ts';

/** The programs that a file for pm2 starts: `ecosystem.config.js`. */
export function pm2Apps(folder: string, name: string, subject: Subject): readonly Started[] {
  const path = join(folder, name);
  const text = subject.paths.includes(path) ? subject.read(path) : undefined;
  if (text === undefined || text.length > 100_000) return [];
  // JSON is an expression of JavaScript too.
  const file = openModule(path, path.endsWith('.json') ? `module.exports = ${text}` : text);
  if (file === undefined) return [];
  const { exported, member } = createEvaluator(moduleLoader(subject));
  const apps = member(exported(file, 'default'), 'apps');
  return (apps.kind === 'array' ? apps.items : []).slice(0, 20).flatMap((app): Started[] => {
    const script = textOf(member(app, 'script'));
    if (script === undefined) return [];
    const nodeEnv = textOf(member(member(app, 'env'), 'NODE_ENV'));
    return [nodeEnv === undefined ? { file: script } : { file: script, nodeEnv }];
  });
}
