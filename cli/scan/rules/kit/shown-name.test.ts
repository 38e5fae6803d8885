import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../testing/judge.ts';
import { quoted, shownName } from './shown-name.ts';

describe('the names of sources and sinks', () => {
  it.each([
    ['express.Request.query', 'req.query'],
    ['koa.Response.body', 'ctx.response.body'],
    ['http.IncomingMessage.__element__', 'req'],
    ['@nestjs/common.Query() argument 0', '@Query()'],
    ['@sveltejs/kit.redirect', 'redirect'],
    ['fs.Module.readFile', 'fs.readFile'],
    ['typeorm.Repository.save', 'repository.save'],
    ['web.ResponseClass.redirect', 'Response.redirect'],
    ['graphql-request.GraphQLClient', 'GraphQLClient'],
    ['global.console.log', 'console.log'],
    ['String.match', 'String.match'],
    ['mongodb.Collection.find $regex', 'collection.find.$regex'],
    ['socketio.Socket.on argument 1 parameter 0', 'a parameter of the `socket.on` callback'],
  ])('%s is spelt as %s in JavaScript', (what, spelt) => expect(shownName(what, 'javascript')).toBe(spelt));

  it('keeps the spelling of Python apart', () => {
    expect(shownName('guess.Request.GET', 'python')).toBe('request.GET');
    expect(shownName('os.path.join', 'python')).toBe('os.path.join');
  });

  it('puts code in backticks, but no phrase', () => {
    expect(quoted('req.query')).toBe('`req.query`');
    expect(quoted('a shell command')).toBe('a shell command');
  });
});

async function texts(text: string): Promise<readonly string[]> {
  const files = [{ path: 'app.ts', text }];
  const found = await findingsOf({ title: '', isBad: true, rule: '', expected: [], at: '', files });
  return found.flatMap(({ message, steps }) => [message, ...steps.map((step) => step.message)]);
}

describe('a finding in TypeScript', () => {
  it('names the source, the functions between and the sink as the code does', async () => {
    const text = `import express from 'express';
import { exec } from 'node:child_process';
function pick(value: string) { return value.trim(); }
express().get('/', (req, res) => { exec('ls ' + pick(String(req.query.dir))); res.end(); });
`;
    const said = await texts(text);
    expect(said[0]).toContain(': `req.query` reaches `child_process.exec`.');
    expect(said).toContain('comes from the request: `req.query`');
    expect(said).toContain('goes through `pick()`');
    expect(said.at(-1)).toBe('reaches `child_process.exec`');
    expect(said.join()).not.toContain('express.Request');
  });

  it('names the parameter of a callback', async () => {
    const text = `addEventListener('message', (event) => { document.body.innerHTML = event.data; });
`;
    expect((await texts(text)).join()).toContain('`event.data` reaches `element.innerHTML`');
  });
});
