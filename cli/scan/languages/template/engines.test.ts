import { expect, test } from 'vitest';
import { printIr } from '../../ir/print-ir.ts';
import { readTemplate } from './read-template.ts';
import { rendererOf } from './renderer.ts';
import { writesOf } from './testing/writes-of.ts';

test.each([
  ['<%= a %><%- b %>', ['raw context.b: <%- b %>']],
  ['<% for (const p of posts) { %><%- p.body -%><% } %>', ['raw each(context.posts).body: <%- p.body -%>']],
  ['<% l.forEach((p) => { %><%- p %><% }) %>', ['raw p: <%- p %>']],
  [
    "<%- include('x', { a: b }) %>",
    [
      'include context, "x", {a: context.b}: include(\'x\', { a: b })',
      'raw bulwark:include(context, "x", {a: context.b}): <%- include(\'x\', { a: b }) %>',
    ],
  ],
  ['<% include head %>', ['include context, "head": <% include head %>']],
  ['<%- locals.a %>', ['raw context.a: <%- locals.a %>']],
  ['<%# a %><%% <%- a; %>', ['raw context.a: <%- a; %>']],
  ['<% if (broken { %><%- a %><%- b( %>', ['raw context.a: <%- a %>']],
  ['<a onclick="f(<%= a %>)">', ['raw context.a: <%= a %>']],
])('EJS: %s', (text, writes) => {
  expect(writesOf('a.ejs', text)).toEqual(writes);
});

test.each([
  ['{{a}}{{{b}}}{{& c}}', ['raw context.b: {{{b}}}', 'raw context.c: {{& c}}']],
  ['{{{a.b.[c d]}}}', ['raw context.a.b.c d: {{{a.b.[c d]}}}']],
  [
    '{{#each a}}{{{this}}}{{{b}}}{{{../c}}}{{/each}}',
    ['raw each(context.a): {{{this}}}', 'raw each(context.a).b: {{{b}}}', 'raw context.c: {{{../c}}}'],
  ],
  ['{{#each a as |x i|}}{{{x.y}}}{{/each}}', ['raw each(context.a).y: {{{x.y}}}']],
  ['{{#with a}}{{{b}}}{{/with}}', ['raw context.a.b: {{{b}}}']],
  ['{{#if a}}{{else}}{{{b}}}{{/if}}', ['raw context.b: {{{b}}}']],
  ['{{{json a}}}', ['raw bulwark:filter:json(context.a): {{{json a}}}']],
  [
    '{{{link (up a) to=b}}}',
    ['raw bulwark:filter:link(bulwark:filter:up(context.a), to=context.b): {{{link (up a) to=b}}}'],
  ],
  ['{{> card a b=c}}', ['include context.a, "card", {b: context.c}: {{> card a b=c}}']],
  ['{{!-- {{{a}}} --}}{{! x }}', []],
])('Handlebars: %s', (text, writes) => {
  expect(writesOf('a.hbs', text)).toEqual(writes);
});

test.each([
  ['p= a\np!= b', ['raw context.b: p!= b']],
  ['p x #{a} !{b.c}', ['raw context.b.c: !{b.c}']],
  ['a(href=a, title!=b\n  onclick=c) x', ['raw context.b: title!=b', 'raw context.c: onclick=c']],
  ['ul\n  each i, k in list\n    li: b!= i.t\n  else\n    li', ['raw each(context.list).t: b!= i.t']],
  ['mixin m(x)\n  p!= x\n+m(a)', ['raw x: p!= x']],
  ['- const b = a\n!= b', ['raw context.a: != b']],
  ['if a\n  != b\nelse\n  != c', ['raw context.b: != b', 'raw context.c: != c']],
  ['//- x\n  != a\np', []],
  ['script.\n  var x = #{a};', ['raw context.a: #{a}']],
  ['p.\n  text !{a}\n  \\!{b}', ['raw context.a: !{a}']],
  [
    'extends base\nblock x\n  include ./y',
    ['include context, "./y": include ./y', 'include context, "base": extends base\nblock x\n  include ./y'],
  ],
])('Pug: %j', (text, writes) => {
  expect(writesOf('a.pug', text)).toEqual(writes);
});

test.each([
  ['<template><p v-html="a.b"/></template>', ['raw context.a.b: v-html="a.b"']],
  [
    '<script setup>import { ref } from "vue"; const a = ref(location.hash);</script><template><p v-html="a"></p></template>',
    ['raw ref(location.hash).value: v-html="a"'],
  ],
  [
    '<script setup>const p = defineProps(["a"]);</script><template><p v-html="p.a"></p>{{ p.a }}</template>',
    ['raw context.a: v-html="p.a"'],
  ],
  ['<template><li v-for="(x, i) in xs" v-html="x"></li></template>', ['raw each(context.xs): v-html="x"']],
  ['<template><p :innerHTML="a" :title="b"/></template>', ['raw context.a: :innerHTML="a"']],
  ['<template><p v-html="a(((("/></template>', []],
  [
    '<script>export default { props: ["a"], computed: { b() { return this.a; } } };</script><template><p v-html="b"/></template>',
    ['raw this.b: v-html="b"'],
  ],
])('Vue: %s', (text, writes) => {
  expect(writesOf('a.vue', text)).toEqual(writes);
});

test.each([
  ['{@html a}{b}', ['raw context.a: {@html a}']],
  ['<script>export let a; const b = a.c;</script>{@html b}', ['raw context.a.c: {@html b}']],
  ['<script>let { a } = $props();</script>{@html a}', ['raw context.a: {@html a}']],
  ['{#each xs as { t }, i (t)}{@html t}{/each}', ['raw each(context.xs).t: {@html t}']],
  ['{#if a}{@html b}{:else if c}{@html d}{/if}', ['raw context.b: {@html b}', 'raw context.d: {@html d}']],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a Svelte template.
  ['{@html `}${a}`}', ['raw "}" ~ context.a: {@html `}${a}`}']],
  ['<!-- {@html a} --><style>p { x: {@html b} }</style>', []],
])('Svelte: %s', (text, writes) => {
  expect(writesOf('a.svelte', text)).toEqual(writes);
});

test('a component of Svelte hands on what it is given', () => {
  const module = readTemplate('a.svelte', '<script>import C from "./C.svelte";</script><C x={a} {b} />');
  expect(printIr(module)).toContain('import default from "./C.svelte"');
  expect(printIr(module)).toContain('object x: v1, b: v2');
});

test('scripts of a page are code of the module, at their places, and their variables are none of the template', () => {
  const text = '<script>var a = {{ x }};</script>\n<script>document.write(a);</script>{{ a|safe }}';
  const module = readTemplate('a.html', text);
  expect(module.problems).toEqual([]);
  const calls = module.functions.flatMap((func) => func.code.filter((inst) => inst.op === 'call'));
  expect(calls.map((call) => text.slice(call.at, call.end))).toContain('document.write(a)');
  expect(writesOf('a.html', text)).toContain('raw context.a: {{ a|safe }}');
});

test('the function that renders has the name of the file and takes the context', () => {
  const module = readTemplate('views/a.ejs', '<%- a %>');
  const renderer = module.functions[rendererOf(module)];
  expect([renderer?.name, renderer?.params.length]).toEqual(['a.ejs', 1]);
});

test('comments that speak to the scanner are kept', () => {
  const text =
    '<!-- bulwark-ignore xss/template: ours -->\n{# bulwark-ignore a/b: c #}\n<p>bulwark</p>\n//- bulwark-ignore x/y: z';
  expect(readTemplate('a.html', text).comments.map((comment) => comment.text.trim())).toEqual([
    'bulwark-ignore xss/template: ours',
    'bulwark-ignore a/b: c',
    '- bulwark-ignore x/y: z',
  ]);
});
