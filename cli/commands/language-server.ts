import { Console } from 'node:console';
import { Command, Option } from 'commander';
import { rulePageUrl } from '../scan/rules/kit/rule-page.ts';
import { readVersion } from '../version.ts';

/** Pauses between keys are mostly shorter. */
const quietMs = 300;

/** `bulwark language-server`: shows findings in editors, while one types. */
export function languageServerCommand(): Command {
  return new Command('language-server')
    .description('show findings in an editor, over the Language Server Protocol')
    .requiredOption('--stdio', 'communicate over standard input and output (the only transport)')
    .option('--allow-config-code', 'execute bulwark.config.js and bulwark.config.mjs of opened folders')
    .addOption(new Option('--clientProcessId <id>', 'added by VS Code clients').hideHelp())
    .action(async ({ allowConfigCode }: { readonly allowConfigCode?: boolean }) => {
      const [{ startLanguageServer }, { fixesFor }, { createWorkerEngine }] = await Promise.all([
        import('../language-server/language-server.ts'),
        import('../language-server/fixes-for.ts'),
        import('../scan/incremental/watch/worker-engine.ts'),
      ]);
      // Standard output is the protocol's.
      globalThis.console = new Console(process.stderr);
      startLanguageServer({
        input: process.stdin,
        output: process.stdout,
        version: readVersion(),
        loadEngine: createWorkerEngine,
        allowConfigCode: allowConfigCode === true,
        quietMs,
        fixesFor,
        pageUrl: rulePageUrl,
      });
    });
}
