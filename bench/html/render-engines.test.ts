import { escape as escapeText } from 'bulwark/html';
import ejs from 'ejs';
import { Eta } from 'eta';
import Handlebars from 'handlebars';
import nunjucks from 'nunjucks';
import { describe, expect, it } from 'vitest';

const name = `<b title="x" id='y'>&\r\0`;
const shown =
  '<p title="&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;&#13;\ufffd">&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;&#13;\ufffd</p>';

describe("bulwark's escape in the engines", () => {
  it('is what EJS takes', () => {
    expect(ejs.render('<p title="<%= name %>"><%= name %></p>', { name }, { escape: escapeText })).toBe(
      shown,
    );
  });

  it('is what Eta takes', () => {
    const eta = new Eta({ escapeFunction: escapeText });
    expect(eta.renderString('<p title="<%= it.name %>"><%= it.name %></p>', { name })).toBe(shown);
  });

  it('is what Handlebars takes', () => {
    const own = Handlebars.create();
    const { escapeExpression } = Handlebars.Utils;
    own.Utils.escapeExpression = escapeText;
    try {
      expect(own.compile('<p title="{{name}}">{{name}}</p>')({ name })).toBe(shown);
    } finally {
      own.Utils.escapeExpression = escapeExpression;
    }
  });

  it('is what Nunjucks takes', () => {
    const lib = (nunjucks as unknown as { lib: { escape: (value: unknown) => string } }).lib;
    const former = lib.escape;
    lib.escape = escapeText;
    try {
      const environment = new nunjucks.Environment(null, { autoescape: true });
      expect(environment.renderString('<p title="{{ name }}">{{ name }}</p>', { name })).toBe(shown);
    } finally {
      lib.escape = former;
    }
  });
});
