import { type Part, part } from '../plan.ts';
import type { ProjectFolder } from '../read/folder.ts';

/** A package.json for the command line alone, where the project has none. */
export const emptyManifest = '{\n  "private": true\n}\n';

/** `node_modules/` is kept out of Git. */
export function ignoreModules(folder: ProjectFolder): Part {
  const path = '.gitignore';
  const before = folder.read(path);
  if (before !== undefined && /^\/?node_modules\/?\s*$/m.test(before)) return part({});
  const gap = before === undefined || before === '' || before.endsWith('\n') ? '' : '\n';
  return part({ changes: [{ path, before, after: `${before ?? ''}${gap}node_modules/\n` }] });
}

/** What serves Python besides the scan, and needs a decision: which hosts the application may reach. */
export function pythonSnippets(folder: ProjectFolder): Part {
  if (folder.has('egress.yaml')) return part({});
  return part({
    snippets: [
      {
        title: 'Stop server-side request forgery at run time',
        why: 'The gateway lets the application reach only public addresses, or the hosts that you list. This is egress.yaml; start it with `npx --no-install bulwark-gateway --config egress.yaml`.',
        code: 'listen: { host: 127.0.0.1, port: 4750 }\nroles:\n  - name: application\n    anonymous: true\n    hosts: public',
      },
    ],
    notes: ['Guards inside the process exist only for TypeScript and JavaScript.'],
  });
}
