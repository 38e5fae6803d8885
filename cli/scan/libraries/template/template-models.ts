/**
 * The functions that translated templates call (see `languages/template/template-code.ts`), and those that render
 * template files: Express 4 and 5, EJS 3, Pug 3, Handlebars 4, Nunjucks 3, Mustache 4, Eta 3, Koa views, @fastify/view,
 * @hapi/vision; Flask 3, Quart, Jinja2 3.1, Django 5, Starlette, Tornado 6, aiohttp_jinja2, Bottle, Pyramid, Sanic. The
 * result of rendering a file is not tainted: unescaped output is reported in the template.
 */
import type { Models } from '../../models/model.ts';

const filter = (names: string): string =>
  `Member[${names
    .split(' ')
    .map((name) => `bulwark:filter:${name}`)
    .join(',')}]`;

/** Filters of Jinja2, Django and Nunjucks, and helpers of Handlebars, that do not sanitise a text. */
const passing = filter(
  'abs addslashes batch capfirst capitalize center cut dump default default_if_none dictsort format groupby indent ' +
    'join json replace linenumbers ljust lower make_list map markdown nl2br random reject rejectattr reverse rjust ' +
    'round select selectattr slice sort string stringformat striptags sum title trim truncate truncatechars ' +
    'truncatewords unique unordered_list upper wordwrap d list safe lookup concat toLowerCase toUpperCase uppercase ' +
    'lowercase',
);
const elements = filter('first last random batch slice join list map groupby');

/** Their output contains no untrusted markup, in any context. */
const clean = filter(
  'e escape forceescape force_escape escapejs json_script tojson int float length length_is count filesizeformat ' +
    'wordcount date time timesince timeuntil slugify floatformat pluralize yesno divisibleby urlencode iriencode ' +
    'urlize urlizetrunc linebreaks linebreaksbr xmlattr intcomma intword naturaltime sanitize bleach clean',
);

export const templatesOfJavascript: Models = {
  language: 'javascript',
  types: [
    ['svelte.Event', 'global', 'Member[bulwark:event]'],
    // Objects that Django's generic views show without code of the project.
    ['template.Record', 'template.Record', 'AnyMember'],
  ],
  sinks: [
    ['global', 'Member[bulwark:raw-output].Argument[0]', 'xss'],
    ['global', 'Member[bulwark:link-output].Argument[0]', 'link'],
  ],
  sources: [
    [
      'global',
      'Member[bulwark:request].Member[args,form,values,json,data,cookies,headers,GET,POST,COOKIES,META,path,full_path,query_string,query_params,path_params,url,arguments]',
      'remote',
    ],
    ['template.Record', 'AnyMember', 'stored'],
    ['global', 'Member[bulwark:request].Member[get_full_path,build_absolute_uri].ReturnValue', 'remote'],
    ['$app/stores', 'Member[page].Member[url].Member[searchParams,search,hash,pathname,href]', 'browser'],
    ['$app/state', 'Member[page].Member[url].Member[searchParams,search,hash,pathname,href]', 'browser'],
  ],
  summaries: [
    ['global', passing, 'Argument[0]', 'ReturnValue', 'taint'],
    ['global', elements, 'Argument[0].Element', 'ReturnValue', 'value'],
    ['global', filter('default d default_if_none'), 'Argument[0]', 'ReturnValue', 'value'],
    ['global', filter('default d default_if_none'), 'Argument[1]', 'ReturnValue', 'value'],
    ['global', filter('replace format concat join'), 'Argument[1..]', 'ReturnValue', 'taint'],
  ],
  sanitizers: [
    ['global', `${clean}.ReturnValue`, ['xss']],
    // Encoded values contain no colon.
    ['global', `${filter('urlencode slugify int float length date time tojson')}.ReturnValue`, ['link']],
    // Addresses of the request itself begin with a slash or with its own scheme.
    ['global', 'Member[bulwark:request].Member[path,full_path,url,base_url,url_root,host_url]', ['link']],
    [
      'global',
      'Member[bulwark:request].Member[get_full_path,build_absolute_uri,get_host].ReturnValue',
      ['link'],
    ],
    ['global', 'Member[bulwark:request].Member[GET,POST].Member[urlencode]', ['xss', 'link']],
    ['global', 'Member[bulwark:request].Member[GET,POST].Member[urlencode].ReturnValue', ['xss', 'link']],
    ['template.Record', 'Member[id,pk,get_absolute_url]', 'all'],
    // URL fields only accept addresses of web servers.
    ['template.Record', 'AnyMember', ['link']],
  ],
  templates: [
    ['global', 'Member[bulwark:include]', 'Argument[1]', 'Argument[0,2]'],
    ['express.Response', 'Member[render]', 'Argument[0]', 'Argument[1]'],
    ['express.Application', 'Member[render]', 'Argument[0]', 'Argument[1]'],
    ['koa.Context', 'Member[render]', 'Argument[0]', 'Argument[1]'],
    ['fastify.Reply', 'Member[view,viewAsync]', 'Argument[0]', 'Argument[1]'],
    ['fastify.Instance', 'Member[view]', 'Argument[0]', 'Argument[1]'],
    ['hapi.Toolkit', 'Member[view]', 'Argument[0]', 'Argument[1]'],
    ['ejs.Module', 'Member[render,renderFile]', 'Argument[0]', 'Argument[1]'],
    ['ejs.Module', 'Member[compile]', 'Argument[0]', 'loads'],
    ['pug', 'Member[render,renderFile]', 'Argument[0]', 'Argument[1]'],
    ['pug', 'Member[compile,compileFile]', 'Argument[0]', 'loads'],
    ['handlebars.Module', 'Member[compile]', 'Argument[0]', 'loads'],
    [
      'express-handlebars',
      'Member[create].ReturnValue.Member[render,renderView]',
      'Argument[0]',
      'Argument[1]',
    ],
    ['nunjucks.Environment', 'Member[render]', 'Argument[0]', 'Argument[1]'],
    ['nunjucks.Environment', 'Member[getTemplate]', 'Argument[0]', 'loads'],
    ['mustache', 'Member[render]', 'Argument[0]', 'Argument[1]'],
    ['eta.Eta', 'Member[render,renderAsync]', 'Argument[0]', 'Argument[1]'],
    ['lodash', 'Member[template]', 'Argument[0]', 'loads'],
    ['lodash-es', 'Member[template]', 'Argument[0]', 'loads'],
    ['underscore', 'Member[template]', 'Argument[0]', 'loads'],
    ['dot', 'Member[template]', 'Argument[0]', 'loads'],
    ['consolidate', 'AnyMember', 'Argument[0]', 'Argument[1]'],
  ],
  templateGlobals: [
    ['express.Response', 'Member[locals]'],
    ['express.Application', 'Member[locals]'],
    ['koa.Context', 'Member[state]'],
  ],
};

export const templatesOfPython: Models = {
  language: 'python',
  templates: [
    ['flask', 'Member[render_template,stream_template]', 'Argument[0,template_name_or_list:]', 'keywords'],
    ['quart', 'Member[render_template,stream_template]', 'Argument[0,template_name_or_list:]', 'keywords'],
    [
      'flask.templating',
      'Member[render_template,stream_template]',
      'Argument[0,template_name_or_list:]',
      'keywords',
    ],
    [
      'jinja2.Environment',
      'Member[get_template,select_template,get_or_select_template]',
      'Argument[0,name:,names:,template_name_or_list:]',
      'loads',
    ],
    ['django.shortcuts', 'Member[render]', 'Argument[1,template_name:]', 'Argument[2,context:]'],
    [
      'django.template.loader',
      'Member[render_to_string]',
      'Argument[0,template_name:]',
      'Argument[1,context:]',
    ],
    ['django.template.loader', 'Member[get_template,select_template]', 'Argument[0,template_name:]', 'loads'],
    ['django.template.response', 'Member[TemplateResponse]', 'Argument[1,template:]', 'Argument[2,context:]'],
    [
      'django.template.response',
      'Member[SimpleTemplateResponse]',
      'Argument[0,template:]',
      'Argument[1,context:]',
    ],
    // Starlette 0.29 made the request the first argument. Both positions are listed: a name is no context, and a request is
    // no name.
    ['starlette.Templates', 'Member[TemplateResponse]', 'Argument[0,1,name:]', 'Argument[1,2,context:]'],
    ['starlette.Templates', 'Member[get_template]', 'Argument[0,name:]', 'loads'],
    ['tornado.RequestHandler', 'Member[render,render_string]', 'Argument[0,template_name:]', 'keywords'],
    ['tornado.template', 'Member[Loader].Instance.Member[load]', 'Argument[0,name:]', 'loads'],
    [
      'aiohttp_jinja2',
      'Member[render_template,render_string]',
      'Argument[0,template_name:]',
      'Argument[2,context:]',
    ],
    ['aiohttp_jinja2', 'Member[template]', 'Argument[0,template_name:]', 'returns'],
    ['pyramid.view', 'Member[view_config]', 'Argument[renderer:]', 'returns'],
    ['bottle', 'Member[view,jinja2_view,mako_view]', 'Argument[0]', 'returns'],
    ['sanic_ext', 'Member[template]', 'Argument[0,template_name:]', 'returns'],
    ['bottle', 'Member[template,jinja2_template]', 'Argument[0]', 'Argument[1..] keywords'],
    [
      'pyramid.renderers',
      'Member[render,render_to_response]',
      'Argument[0,renderer_name:]',
      'Argument[1,value:]',
    ],
    ['sanic_ext', 'Member[render]', 'Argument[0,template_name:]', 'Argument[1,context:]'],
  ],
};
