/** The server as a program of its own, for tests that run it as an editor does. */

import { createWorkerEngine } from '../../scan/incremental/watch/worker-engine.ts';
import { readVersion } from '../../version.ts';
import { startLanguageServer } from '../language-server.ts';

startLanguageServer({
  input: process.stdin,
  output: process.stdout,
  version: readVersion(),
  loadEngine: createWorkerEngine,
  allowConfigCode: false,
  quietMs: 20,
  fixesFor: ({ rule, place }, { sources }) => {
    if (rule !== 'crypto/weak-hash') return [];
    const text = sources(place.path) ?? '';
    return [
      { title: 'Use SHA-256', texts: async () => new Map([[place.path, text.replace('md5', 'sha256')]]) },
    ];
  },
  pageUrl: (rule) => `https://pages.example/${rule}`,
});
