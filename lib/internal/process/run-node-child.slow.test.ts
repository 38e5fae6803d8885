import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPrlimit } from './limit-command.ts';
import { type NodeChildOptions, runNodeChild } from './run-node-child.ts';

const reason = hasPrlimit() ? undefined : 'needs Linux with prlimit';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-child-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const answerParent = JSON.stringify(new URL('./answer-parent.ts', import.meta.url).href);

function script(name: string, body: string): URL {
  const path = join(folder, `${name}.ts`);
  writeFileSync(
    path,
    `import { answerParent } from ${answerParent};\nvoid answerParent(async (input: any) => {${body}});\n`,
  );
  return pathToFileURL(path);
}

const options: NodeChildOptions = {
  ...{ memoryBytes: 64 * 1_048_576, cpuSeconds: 20, timeoutMs: 20_000, maxOutputBytes: 100_000 },
};

describe.skipIf(reason)(`runNodeChild${reason ? `: ${reason}` : ''}`, () => {
  it('passes the input and returns the answer, whatever the script prints before it', async () => {
    const sum = script(
      'sum',
      'console.log("noise"); return { sum: input.a + input.b, env: Object.keys(process.env) };',
    );
    const env = expect.arrayContaining(['BULWARK_PROCESS']);
    expect(await runNodeChild(sum, { a: 1, b: 2 }, options)).toEqual({
      answered: true,
      answer: { sum: 3, env },
    });
  });

  it('inherits no NODE_OPTIONS', async () => {
    process.env['NODE_OPTIONS'] = '--invalid-option-of-node';
    try {
      expect(await runNodeChild(script('none', 'return 1;'), null, options)).toEqual({
        answered: true,
        answer: 1,
      });
    } finally {
      delete process.env['NODE_OPTIONS'];
    }
  });

  it('reports what the script threw', async () => {
    const broken = script('broken', 'throw Object.assign(new TypeError("no"), { code: "E1" });');
    const error = { answered: false, reason: 'error', name: 'TypeError', message: 'no', code: 'E1' };
    expect(await runNodeChild(broken, null, options)).toEqual(error);
  });

  it('allows as much memory as its limit', async () => {
    const modest = script('modest', 'return [Buffer.alloc(50e6, 1)].map((one) => one.length);');
    expect(await runNodeChild(modest, null, options)).toEqual({ answered: true, answer: [50_000_000] });
  });

  it('ends a script that takes too much heap, native memory, CPU, time or output', async () => {
    const endings = {
      heap: ['const all = []; for (;;) all.push(new Array(1000).fill(1.5));', 'memory'],
      native: ['const all = []; for (;;) all.push(Buffer.alloc(1e7, 1));', 'memory'],
      cpu: ['for (;;);', 'cpu'],
      time: ['await new Promise((resolve) => setTimeout(resolve, 60_000));', 'time'],
      output: ['return "a".repeat(200_000);', 'output'],
      crash: ['process.exit(0);', 'crash'],
    } as const;
    for (const [name, [body, reason]] of Object.entries(endings)) {
      const limits = { ...(name === 'cpu' && { cpuSeconds: 1 }), ...(name === 'time' && { timeoutMs: 800 }) };
      const result = await runNodeChild(script(name, body), null, { ...options, ...limits });
      expect([name, result]).toMatchObject([name, { answered: false, reason }]);
    }
  });
});
