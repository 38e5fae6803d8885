import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyIr } from '../../ir/verify-ir.ts';
import { readTemplate } from './read-template.ts';

const files = ['a.html', 'a.ejs', 'a.hbs', 'a.pug', 'a.vue', 'a.svelte'];

test.each(files)('%s: any text is read', (path) => {
  const piece = fc.constantFrom(
    ...'{{ }} {{{ }}} {% %} {# #} <% <%- %> {@html # / : ( ) [ ] { } " \' ` \n \\ | safe if for in end a b.c = != !{ #{ ${'.split(
      ' ',
    ),
    ...'<script> </script> <template> </template> <p v-html=" v-for=" {#each {/each} {{#each {{/each}} {%for {%endfor%} \t <!-- -->'.split(
      ' ',
    ),
    'each a in b\n  ',
    '\n',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      expect(verifyIr(readTemplate(path, pieces.join('')))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test.each(
  files.flatMap((path) =>
    [
      '{{',
      '{{ a|safe }}',
      '{% if a %}',
      '{{#each a}}',
      '<%- a %>',
      '<% if (a) { %>',
      '{',
      '{@html a}',
      '<a b="',
      '!{a',
      'p(a=(',
      '  ',
      '<script>',
      '<template>',
      '{{ ((((',
      '<!--',
    ].map((piece) => [path, piece] as const),
  ),
)('%s of many %j is read in time', (path, piece) => {
  const text = piece.repeat(Math.ceil(20_000 / piece.length));
  const start = process.cpuUsage().user;
  expect(verifyIr(readTemplate(path, text))).toEqual([]);
  // Generous: a reading that is quadratic takes minutes.
  expect(process.cpuUsage().user - start).toBeLessThan(10_000_000);
});

test('what is nested deeply is read as far as it can be', () => {
  const text = `${'{% for a in b %}'.repeat(2000)}{{ a|safe }}${'{% endfor %}'.repeat(2000)}`;
  expect(verifyIr(readTemplate('a.html', text))).toEqual([]);
  expect(verifyIr(readTemplate('a.html', `{{ ${'('.repeat(100_000)} }}`))).toEqual([]);
  expect(verifyIr(readTemplate('a.hbs', `{{{a ${'(b '.repeat(50_000)}}}}`))).toEqual([]);
});
