import { render as renderLit } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import { escape as escapeText, html, render } from 'bulwark/html';
import ejs from 'ejs';
import { Eta } from 'eta';
import Handlebars from 'handlebars';
import { html as honoHtml } from 'hono/html';
import { html as litHtml } from 'lit';
import nunjucks from 'nunjucks';
import type { Product } from './render-shop.ts';

/** Each makes the same page of the same products. */
export interface Contender {
  readonly name: string;
  readonly render: (title: string, products: readonly Product[]) => string;
}

export const reference: Contender = {
  name: 'hono/html',
  render: (title, products) =>
    String(
      honoHtml`<!doctype html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1><ul>${products.map(
        (p) =>
          honoHtml`<li class="${p.kind}" data-id="${p.id}"><a href="/products/${p.id}?from=${p.kind}" title="${p.name}">${p.name}</a> <span>${p.price}</span><p>${p.text}</p></li>`,
      )}</ul></body></html>`,
    ),
};

export const bulwark: Contender = {
  name: 'bulwark/html',
  render: (title, products) =>
    render(
      html`<!doctype html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1><ul>${products.map(
        (p) =>
          html`<li class="${p.kind}" data-id="${p.id}"><a href="/products/${p.id}?from=${p.kind}" title="${p.name}">${p.name}</a> <span>${p.price}</span><p>${p.text}</p></li>`,
      )}</ul></body></html>`,
    ),
};

const page = (hole: (name: string) => string, each: (row: string) => string): string =>
  `<!doctype html><html lang="en"><head><title>${hole('title')}</title></head><body><h1>${hole('title')}</h1><ul>${each(
    `<li class="${hole('p.kind')}" data-id="${hole('p.id')}"><a href="/products/${hole('p.id')}?from=${hole('p.kind')}" title="${hole('p.name')}">${hole('p.name')}</a> <span>${hole('p.price')}</span><p>${hole('p.text')}</p></li>`,
  )}</ul></body></html>`;

const ejsSource = page(
  (name) => `<%= ${name} %>`,
  (row) => `<% for (const p of products) { %>${row}<% } %>`,
);
const ejsPage = ejs.compile(ejsSource);
const ejsEscaped = ejs.compile(ejsSource, { escape: escapeText } as ejs.Options);

const eta = new Eta({ autoTrim: false });
const etaSource = page(
  (name) => `<%= ${name.startsWith('p.') ? name : `it.${name}`} %>`,
  (row) => `<% for (const p of it.products) { %>${row}<% } %>`,
);
const etaPage = eta.compile(etaSource);

const handlebarsPage = Handlebars.compile(
  page(
    (name) => `{{${name.replace('p.', 'this.')}}}`,
    (row) => `{{#each products}}${row}{{/each}}`,
  ),
);

const nunjucksPage = nunjucks.compile(
  page(
    (name) => `{{ ${name} }}`,
    (row) => `{% for p in products %}${row}{% endfor %}`,
  ),
  new nunjucks.Environment(null, { autoescape: true }),
);

export const others: readonly Contender[] = [
  { name: 'EJS', render: (title, products) => String(ejsPage({ title, products })) },
  { name: "EJS, bulwark's escape", render: (title, products) => String(ejsEscaped({ title, products })) },
  { name: 'Eta', render: (title, products) => String(eta.render(etaPage, { title, products })) },
  { name: 'Handlebars', render: (title, products) => handlebarsPage({ title, products }) },
  { name: 'Nunjucks', render: (title, products) => nunjucksPage.render({ title, products }) },
  {
    name: 'lit SSR',
    render: (title, products) =>
      collectResultSync(
        renderLit(
          litHtml`<!doctype html><html lang="en"><head><title>x</title></head><body><h1>${title}</h1><ul>${products.map(
            (p) =>
              litHtml`<li class="${p.kind}" data-id="${p.id}"><a href="/products/${p.id}?from=${p.kind}" title="${p.name}">${p.name}</a> <span>${p.price}</span><p>${p.text}</p></li>`,
          )}</ul></body></html>`,
        ),
      ),
  },
];
