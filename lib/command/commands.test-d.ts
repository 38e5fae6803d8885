import { PassThrough } from 'node:stream';
import { assertType, describe, expectTypeOf, it } from 'vitest';
import { rootPath } from '../path/index.ts';
import type { FileRecord } from '../upload/index.ts';
import { args, commands, image, media } from './index.ts';

const run = commands({ git: '/usr/bin/git', tar: { path: '/usr/bin/tar' } });

describe('a program', () => {
  it('has the names that were given', () => {
    expectTypeOf(run).toHaveProperty('git');
    // @ts-expect-error there is no such program
    run.zip;
  });

  it('gives text, bytes, or nothing where the output goes elsewhere', async () => {
    expectTypeOf((await run.git`log`).stdout).toBeString();
    expectTypeOf((await run.git({ timeoutMs: 5 })`log`).stdout).toBeString();
    expectTypeOf((await run.git({ stdout: 'bytes' })`log`).stdout).toEqualTypeOf<Buffer>();
    expectTypeOf((await run.git({ stdout: 'bytes' })({ timeoutMs: 5 })`log`).stdout).toEqualTypeOf<Buffer>();
    expectTypeOf((await run.git({ stdout: new PassThrough() })`log`).stdout).toBeUndefined();
    expectTypeOf((await run.git({ stdout: rootPath('/srv') })`log`).stdout).toBeUndefined();
  });

  it('takes single values, files and fragments', () => {
    const file = rootPath('/srv');
    assertType(
      run.git`log ${'a'} ${1} ${1n} ${file} ${image('image/png', file)} ${args`a`} ${args.each(['a'])}`,
    );
    // @ts-expect-error a list is passed with args.each
    run.git`log ${['a']}`;
    // @ts-expect-error an argument that may be absent is a fragment
    run.git`log ${undefined}`;
    // @ts-expect-error a condition is no argument
    run.git`log ${false}`;
    // @ts-expect-error a body is no argument
    run.git`log ${{ branch: 'a' }}`;
  });

  it('takes files with the type of an upload', () => {
    const { type } = {} as FileRecord;
    assertType(run.git`log ${image(type, rootPath('/srv'))} ${media(type, rootPath('/srv'))}`);
    // @ts-expect-error a path without a brand
    image(type, '/srv');
  });

  it('is called as a template', () => {
    // @ts-expect-error a string has lost the border between text and values
    run.git(`log ${'a'}`);
    // @ts-expect-error there is no such option
    run.git({ timeout: 5 });
  });
});
