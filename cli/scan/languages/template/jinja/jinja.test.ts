import { expect, test } from 'vitest';
import { writesOf } from '../testing/writes-of.ts';
import { translate } from './jinja-expression.ts';

test.each([
  ['{{ a }}', []],
  ['{{ user.bio|safe }}', ['raw context.user.bio: {{ user.bio|safe }}']],
  ['{{- a | trim | safe -}}', ['raw bulwark:filter:trim(context.a): {{- a | trim | safe -}}']],
  ['{{ a|safe|tojson }}', []],
  ['{{ "<b>" ~ a|safe }}', ['raw context.a: {{ "<b>" ~ a|safe }}']],
  ['{% autoescape false %}{{ a }}{% endautoescape %}{{ b }}', ['raw context.a: {{ a }}']],
  [
    '{% autoescape off %}{% if x %}{{ a|e }}{% endif %}{% endautoescape %}',
    ['raw bulwark:filter:e(context.a): {{ a|e }}'],
  ],
  ['{% autoescape None %}{{ a }}', ['raw context.a: {{ a }}']],
  ['{% for a in list if a.ok %}{{ a.t|safe }}{% endfor %}', ['raw each(context.list).t: {{ a.t|safe }}']],
  [
    '{% for k, v in d.items() %}{{ v|safe }}{% else %}{{ e|safe }}{% endfor %}',
    ['raw each(context.d.items())[1]: {{ v|safe }}', 'raw context.e: {{ e|safe }}'],
  ],
  ['{% set b = a %}{{ b|safe }}', ['raw context.a: {{ b|safe }}']],
  [
    '{% with b=a c=1 %}{{ b|safe }}{% endwith %}{{ b|safe }}',
    ['raw context.a: {{ b|safe }}', 'raw context.b: {{ b|safe }}'],
  ],
  ['{% with a.b as c %}{{ c|safe }}{% endwith %}', ['raw context.a.b: {{ c|safe }}']],
  ['{{ a|default:"x"|safe }}', ['raw bulwark:filter:default(context.a, "x"): {{ a|default:"x"|safe }}']],
  ['{% raw %}{{ a|safe }}{% endraw %}', []],
  ['{% raw a %}', ['raw context.a: {% raw a %}']],
  ['{% verbatim %}{{ a|safe }}{% endverbatim %}', []],
  ['{% comment %}{{ a|safe }}{% endcomment %}{# {{ a|safe }} #}', []],
  ['{% macro m(x, y=2) %}{{ x|safe }}{% endmacro %}{{ m(a) }}', ['raw x: {{ x|safe }}']],
  ['{% include "b.html" %}', ['include context, "b.html", {}: {% include "b.html" %}']],
  [
    '{% include "b.html" with x=a only %}',
    ['include {}, "b.html", {x: context.a}: {% include "b.html" with x=a only %}'],
  ],
  [
    '{% for i in l %}{% include "b" %}{% endfor %}',
    ['include context, "b", {i: each(context.l)}: {% include "b" %}'],
  ],
  ['{{ class.new|safe }}', ['raw context.class.new: {{ class.new|safe }}']],
])('%s', (text, writes) => {
  expect(writesOf('a.html', text)).toEqual(writes);
});

test('a base is rendered around its child', () => {
  const [write] = writesOf('a.html', '{% extends "base.html" %}{% set title = a %}');
  expect(write).toContain('include context, "base.html", ');
});

test.each([
  ['<a title="{{ a }}">', false],
  ['<a title={{ a }}>', true],
  ['<a {{ a }}>', true],
  [`<a onclick="f('{{ a }}')">`, true],
  ['<a href="{{ a }}">', false],
  ['<script>var a = {{ a }};</script>', true],
  ['<script>var a = "{{ a }}";</script>', false],
  ['<script>var a = `{{ a }}`;</script>', true],
  ['<script type="application/json">{{ a }}</script>', false],
  ['<script type=module src="x"></script>{{ a }}', false],
  ['<!-- <script> -->{{ a }}', false],
  ['<style>a { color: {{ a }} }</style>', false],
  ["<script>// it's\nf({{ a }})</script>", true],
])('escaping does not help in %s: %s', (text, isRaw) => {
  expect(writesOf('a.html', text).length).toBe(isRaw ? 1 : 0);
});

test.each([
  ['a.b["c"].0', 'a.b["c"][0]'],
  ['a and not b or c', '((a && !b) || c)'],
  ['a if b else c', '(b ? a : c)'],
  ['a is not defined', '!$$test_defined(a)'],
  ['a in b', '(a in b)'],
  ['a not in b', '!(a in b)'],
  ['a // b', 'Math.floor(a / b)'],
  ['f(a, b=c)', 'f(a, $$kw_b(c))'],
  ['a|f(b)|g', '$$filter_g($$filter_f(a, b))'],
  ['[a, (b, c)]', '[a, [b, c]]'],
  ["{'a': b}", '({["a"]: b})'],
  ['a[1:2]', 'a.slice(0)'],
  ['_("Hello")', '"Hello"'],
  ['', 'undefined'],
])('%s is read as %s', (text, code) => {
  expect(translate(text).code).toBe(code);
});
