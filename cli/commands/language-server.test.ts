import { expect, it } from 'vitest';
import { languageServerCommand } from './language-server.ts';

async function run(...args: string[]): Promise<unknown> {
  let started = false;
  const command = languageServerCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .action(() => {
      started = true;
    });
  try {
    await command.parseAsync(args, { from: 'user' });
  } catch (error) {
    return (error as { code: string }).code;
  }
  return started;
}

it.each([[['--stdio']], [['--stdio', '--allow-config-code']], [['--stdio', '--clientProcessId=7']]])(
  'takes %j',
  async (args) => expect(await run(...args)).toBe(true),
);

it.each([[[]], [['--stdio', '--socket=7']]])('refuses %j', async (args) => {
  expect(await run(...args)).toMatch(/^commander\./);
});
