import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { root } from '../../../checks/repository.ts';

const before = `
import { html, resourceUrl, safeScript, safeStyle, safeUrl, sanitize } from 'bulwark/html';
declare const text: string;
declare const anything: any;
declare const spread: { id?: string; title?: string };
const used = [html, resourceUrl, safeScript, safeStyle, safeUrl, sanitize, text, anything, spread];
`;

/** A line each. */
const accepted: Readonly<Record<string, readonly string[]>> = {
  react: [
    `<a href={text} className="x" onClick={(event) => event.currentTarget.href} {...spread}>{text}</a>`,
    '<a href={safeUrl`sms:1`} />',
    '<iframe src={resourceUrl`/a`} srcDoc={html`<p></p>`} />',
    `<div style={{ color: 'red' }} dangerouslySetInnerHTML={{ __html: sanitize(text, 'article') }} />`,
    '<script nonce={pageNonce()}>{safeScript`x()`}</script>',
    '<script {...jsonScript(anything, "state")} />',
    '<style>{safeStyle`p {}`}</style>',
    '<style>{text}</style>',
    '<form action={async (data: FormData) => void data} />',
    '<Box dangerouslySetInnerHTML={innerHtml(html`x`)} title="a" />',
    '<div ref={(element: HTMLDivElement | null) => void element} key="a" data-x={text} aria-label="b" />',
    '<Generic value={1} onChange={(value) => value.toFixed()} />',
    '<></>',
    '<svg><use xlinkHref="#a" /></svg>',
    '<div {...spread} key={text} />',
  ],
  preact: [
    `<a href={text} class="x" onClick={(event) => event.currentTarget.href} {...spread}>{text}</a>`,
    `<div style={{ color: 'red' }} dangerouslySetInnerHTML={{ __html: sanitize(text, 'article') }} />`,
    '<script nonce={pageNonce()}>{safeScript`x()`}</script>',
    '<script {...jsonScript(anything, "state")} />',
    '<Generic value={1} onChange={(value) => value.toFixed()} />',
    '<div {...spread} key={text} />',
    '<></>',
  ],
};

const refused = [
  '<div dangerouslySetInnerHTML={{ __html: text }} />',
  '<div dangerouslySetInnerHTML={{ __html: safeScript`x` }} />',
  `<script dangerouslySetInnerHTML={{ __html: sanitize(text, 'article') }} />`,
  '<script>{text}</script>',
  '<script>{`x()`}</script>',
  '<iframe srcDoc={text} />',
  '<div style={text} />',
  '<a onClick={text} />',
  '<a hreff={text} />',
  '<Generic value={1} onChange={(value) => value.trim()} />',
];

/** The lines that do not compile. */
function errorsOf(framework: string, lines: readonly string[]): string[] {
  const file = join(root, 'lib', 'fences', 'page.tsx');
  const props =
    framework === 'react'
      ? `import type { HTMLAttributes, ReactNode } from 'react';`
      : `import type { HTMLAttributes, ComponentChildren as ReactNode } from 'preact';`;
  const source = `${before}${props}
import { innerHtml, jsonScript, pageNonce } from 'bulwark/html/${framework}';
function Box(props: HTMLAttributes<HTMLDivElement>): ReactNode { return <b>{props.title as string}</b>; }
function Generic<T>(props: { value: T; onChange: (value: T) => unknown }): ReactNode { return <b>{String(props.value)}</b>; }
export const all = [used, Box, Generic, innerHtml, jsonScript, pageNonce,
${lines.map((line) => `${line},`).join('\n')}
];
`;
  const first = source.split('\n').findIndex((line) => line.startsWith('export const all')) + 1;
  const read = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    { ...read.config, include: [], files: ['x.ts'] },
    ts.sys,
    root,
  );
  const settings: ts.CompilerOptions = {
    ...options,
    declaration: false,
    isolatedDeclarations: false,
    jsx: ts.JsxEmit.ReactJSX,
    jsxImportSource: `bulwark/html/${framework}`,
  };
  const host = ts.createCompilerHost(settings);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, version, ...rest) =>
    name === file
      ? ts.createSourceFile(name, source, version)
      : getSourceFile.call(host, name, version, ...rest);
  const program = ts.createProgram([file], settings, host);
  const parsed = program.getSourceFile(file);
  if (!parsed) throw new Error('The page was not compiled.');
  const found = [...program.getSyntacticDiagnostics(parsed), ...program.getSemanticDiagnostics(parsed)];
  return found.map(({ start = 0, messageText }) => {
    const line = parsed.getLineAndCharacterOfPosition(start).line - first;
    return lines[line] ?? ts.flattenDiagnosticMessageText(messageText, ' ');
  });
}

describe.each(['react', 'preact'])('the types of bulwark/html/%s', { timeout: 120_000 }, (framework) => {
  it('take what is safe, and the rest of what the framework takes', () => {
    expect(errorsOf(framework, accepted[framework] ?? [])).toEqual([]);
  });

  it('do not take markup, code and handlers as texts', () => {
    expect([...new Set(errorsOf(framework, refused))]).toEqual(refused);
  });
});
