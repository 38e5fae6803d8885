/** Unpacks `archive` of a folder into `into` there, in a process of its own that can be killed, and prints what came of it. */
import { quietByDefault } from '../../lib/event/record.ts';
import { inside } from '../../lib/path/index.ts';
import { unpack } from '../../lib/upload/archive/index.ts';

const [root = '', archive = 'archive'] = process.argv.slice(2);
quietByDefault();
const outcome = await unpack(inside(root, archive), inside(root, 'into')).then(
  (files) => ({ files: files.length }),
  (error: { code?: string }) => ({ code: error.code }),
);
process.stdout.write(JSON.stringify(outcome));
