import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { html, render, type SafeHtml, sanitize } from './index.ts';

beforeAll(() => {
  configureEvents({ sinks: [] });
});

const refused = expect.objectContaining({ name: 'Misuse', code: 'html/misplaced-content' });
const policy = html`<meta http-equiv="Content-Security-Policy" content="script-src 'none'">`;
const noscript = html`<noscript></noscript>`;

describe('a <noscript> behind </head> opens the body where scripts run', () => {
  it.each([
    [
      'in front of a static policy',
      () =>
        html`<!doctype html><html><head></head>${noscript}<meta http-equiv="Content-Security-Policy" content="x"><body>`,
    ],
    [
      'in front of a link',
      () => html`<!doctype html><html><head></head>${noscript}<link rel="icon" href="/x"><body>`,
    ],
    ['in front of a policy', () => html`<!doctype html><html><head></head>${noscript}${policy}<body>`],
    ['in a list', () => html`<!doctype html><html><head></head>${[noscript, policy]}<body>`],
    ['in a template', () => html`<!doctype html><html><head></head>${html`${noscript}${policy}`}<body>`],
    [
      'in static text of a template',
      () => html`<head></head>${html`<noscript></noscript><base href="/">`}<body>`,
    ],
    [
      'in the page itself',
      () =>
        html`<head></head><noscript></noscript><meta http-equiv="content-security-Policy" content="x"><body>${'x'}`,
    ],
    ['as text', () => html`<head></head>x<meta http-equiv="Content-Security-Policy" content="x">`],
    [
      'in front of a policy of a fragment',
      () => html`<p>x</p><meta http-equiv="Content-Security-Policy" content="x">`,
    ],
    ['as a policy in an element', () => html`<body>${html`<div>${policy}</div>`}</body>`],
  ])('and is refused %s', (_name, of) => {
    expect(of).toThrow(refused);
  });

  it.each([
    ['in a head', () => html`<!doctype html><html><head>${noscript}${policy}</head><body>`],
    ['where the head is open', () => html`<!doctype html><title>x</title>${noscript}${policy}<p>x</p>`],
    [
      'where nothing for the head follows',
      () => html`<!doctype html><html><head>${policy}</head>${noscript}<p>x</p>`,
    ],
    ['in a body', () => html`<!doctype html><html><head>${policy}</head><body>${noscript}<p>x</p>`],
    ['behind a policy', () => html`<!doctype html><html><head></head>${policy}${noscript}<body>`],
    [
      'in static text',
      () => html`<head><noscript><link rel="stylesheet" href="/x"></noscript>${policy}</head>`,
    ],
  ])('and is taken %s', (_name, of) => {
    expect(render(of() as SafeHtml)).toContain('<noscript>');
  });
});

describe('a <noscript> is markup where scripts are off', () => {
  it.each([
    ['a block in a <p>', () => html`<p>${html`<noscript><div>x</div></noscript>`}<em>x</em></p>`],
    ['a link in a link', () => html`<a href="/">${html`<noscript><a href="/">x</a></noscript>`}</a>`],
    ['a picture in a head', () => html`<head>${html`<noscript><img src="/x"></noscript>`}</head>`],
    ['text in a head', () => html`<head>${html`<noscript>x</noscript>`}</head>`],
    [
      'text in a nested template in a head',
      () => html`<head>${html`${html`<noscript>x</noscript>`}`}</head>`,
    ],
    [
      'a picture where the head is open',
      () => html`<title>x</title>${html`<noscript><img src="/x"></noscript>`}${policy}`,
    ],
    [
      'a static picture in front of a policy',
      () =>
        html`<head><noscript><img src="/x"></noscript><meta http-equiv="Content-Security-Policy" content="x"></head>`,
    ],
    [
      'a policy behind a static picture',
      () => html`<head><noscript><img src="/x"></noscript>${policy}</head>`,
    ],
    [
      'an item in an item',
      () =>
        html`<ul><li><b>${html`<button><noscript><button></button></noscript></button>`}</b></ul><button>${html`<noscript><button></button></noscript>`}</button>`,
    ],
  ])('and %s is refused', (_name, of) => {
    expect(of).toThrow(refused);
  });

  it.each([
    ['a picture in a <p>', () => html`<p>${html`<noscript><img src="/x"></noscript>`}<em>x</em></p>`],
    ['a block in a <div>', () => html`<div>${html`<noscript><div>x</div></noscript>`}<em>x</em></div>`],
    [
      'a style sheet in a head',
      () => html`<head>${html`<noscript><link rel="stylesheet" href="/x"></noscript>`}</head>`,
    ],
    [
      'styles in a head',
      () => html`<head>${html`<noscript> <style>p { color: red }</style></noscript>`}</head>`,
    ],
    [
      'a static picture in a head',
      () => html`<head><noscript><img src="/x"></noscript><title>${'x'}</title></head>`,
    ],
    ['a frame in a body', () => html`<body>${html`<noscript><iframe src="/x"></iframe></noscript>`}<p>x</p>`],
    ['an item in an item', () => html`<ul><li>${html`<noscript><li>x</li></noscript>`}</li></ul>`],
  ])('and %s is taken', (_name, of) => {
    expect(render(of() as SafeHtml)).toContain('<noscript>');
  });
});

describe('a <search> ends the search for an item in some browsers', () => {
  it('so an item in it is refused in an item', () => {
    expect(() => html`<ul><li>${html`<search><li>x</li></search>`}<em>x</em></ul>`).toThrow(refused);
    expect(() => html`<dl><dd>${html`<search><b><dt>x</dt></b></search>`}<em>x</em></dl>`).toThrow(refused);
    expect(() => html`<ul><li><search>${html`<li>x</li>`}</search></ul>`).toThrow(refused);
    expect(render(html`<ul><li>${html`<search><form><input></form></search>`}<em>x</em></ul>`)).toContain(
      '<search>',
    );
    expect(render(html`<ul><li>${html`<search><ul><li>x</li></ul></search>`}<em>x</em></ul>`)).toContain(
      '<search>',
    );
  });
});

describe('a <select> holds any element in some browsers', () => {
  const option = html`<option>x</option>`;

  it.each([
    ['an option in a <p>', () => html`<select><p>${option}<em>x</em></p></select>`],
    ['an option in an <li>', () => html`<select><li>${option}<em>x</em></li></select>`],
    ['a group in an <rt>', () => html`<select><rt>${html`<optgroup></optgroup>`}<em>x</em></rt></select>`],
    ['a rule in a <dd>', () => html`<select><dd>${html`<hr>`}<em>x</em></dd></select>`],
    ['an option in a <p> of a value', () => html`<select>${html`<p>${option}<em>x</em></p>`}</select>`],
    [
      'an option in a <p> of a value of an option',
      () => html`<select><option>${html`<p>${option}x</p>`}</select>`,
    ],
    ['an item of a button', () => html`<select>${html`<button><li>${option}x</li></button>`}</select>`],
    ['a <select>', () => html`<select>${html`<select></select>`}</select>`],
    ['a <select> in a <div>', () => html`<select><div>${html`<b><select></select></b>`}</div></select>`],
    ['a <select> in an option', () => html`<select><option>${html`<select></select>`}</option></select>`],
    ['a <div>', () => html`<select>${html`<div>x</div>`}</select>`],
    ['an item', () => html`<select>${html`<li>x</li>`}</select>`],
    ['sanitised markup', () => html`<select>${sanitize('x', 'comment')}</select>`],
  ])('so %s is refused', (_name, of) => {
    expect(of).toThrow(refused);
  });

  it.each([
    ['options', () => html`<select>${[option, option]}</select>`],
    ['groups', () => html`<select>${html`<optgroup label="x">${option}</optgroup><hr>`}</select>`],
    [
      'a picture in an option',
      () => html`<select>${html`<option><img src="/x"> <b>x</b></option>`}</select>`,
    ],
    ['markup in an option', () => html`<select><option>${html`<span>x</span>`}</option></select>`],
    [
      'a button',
      () => html`<select>${html`<button><selectedcontent></selectedcontent></button>`}${option}</select>`,
    ],
    ['a legend', () => html`<select><optgroup>${html`<legend>x</legend>`}${option}</optgroup></select>`],
    ['text', () => html`<select><option>${'x'}</option>${'x'}</select>`],
    ['a template', () => html`<select>${html`<template><p>x</p></template><script>1</script>`}</select>`],
    ['a <select> in a <p>', () => html`<p>${html`<select>${option}</select>`}<em>x</em></p>`],
    ['sanitised text', () => html`<select><option>${sanitize('x', 'text')}</option></select>`],
  ])('so that it takes %s', (_name, of) => {
    expect(render(of() as SafeHtml)).toContain('x');
  });

  it('so static text that ends it is refused too', () => {
    const malformed = expect.objectContaining({ code: 'html/malformed-template' });
    expect(() => html`<select><a href="/"><select><div>${'x'}</div></select></a></select>`).toThrow(
      malformed,
    );
    expect(() => html`<select><option>${'x'}</option><input></select>`).toThrow(malformed);
    expect(() => html`<select><b><textarea>${'x'}</textarea></b></select>`).toThrow(malformed);
    expect(render(html`<select><option>${'x'}</option></select><input><select></select>`)).toContain('x');
  });
});
