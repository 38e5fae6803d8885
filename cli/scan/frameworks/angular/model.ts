/** Angular 17 to 21: the sanitizer, routes, elements, requests. Documentation: https://angular.dev/best-practices/security */
import type { Models } from '../../models/model.ts';

const verbs = 'get,delete,head,options,post,put,patch,jsonp';
const observables = 'params,queryParams,paramMap,queryParamMap,fragment,url';

export const angular: Models = {
  language: 'javascript',
  types: [
    ['angular.Sanitizer', '@angular/platform-browser', 'Member[DomSanitizer].Instance'],
    ['angular.Sanitizer', '@angular/core', 'Member[Sanitizer].Instance'],
    ['angular.Route', '@angular/router', 'Member[ActivatedRoute].Instance'],
    ['angular.Snapshot', 'angular.Route', 'Member[snapshot]'],
    ['angular.Snapshot', '@angular/router', 'Member[ActivatedRouteSnapshot].Instance'],
    ['angular.Renderer', '@angular/core', 'Member[Renderer2].Instance'],
    ['angular.HttpClient', '@angular/common/http', 'Member[HttpClient].Instance'],
    // A token: `inject(DOCUMENT)` returns its instance.
    ['dom.Document', '@angular/common', 'Member[DOCUMENT].Instance'],
    ['dom.Document', '@angular/core', 'Member[DOCUMENT].Instance'],
    ['dom.Element', '@angular/core', 'Member[ElementRef].Instance.Member[nativeElement]'],
  ],
  sources: [
    ['angular.Snapshot', `Member[${observables}]`, 'browser'],
    // An observable is treated as the value that it emits.
    ['angular.Route', `Member[${observables}]`, 'browser'],
    ['angular.HttpClient', `Member[${verbs},request].ReturnValue`, 'stored'],
  ],
  sinks: [
    ['angular.Sanitizer', 'Member[bypassSecurityTrustHtml,bypassSecurityTrustScript].Argument[0]', 'xss'],
    // Complete addresses: the beginning of the string decides what is opened.
    [
      'angular.Sanitizer',
      'Member[bypassSecurityTrustUrl,bypassSecurityTrustResourceUrl].Argument[0]',
      'redirect',
    ],
    [
      'angular.Renderer',
      'Member[setProperty].Argument[2]',
      'xss',
      { at: 'Argument[1]', is: ['innerHTML', 'outerHTML', 'srcdoc'] },
    ],
    ['angular.HttpClient', `Member[${verbs}].Argument[0]`, 'ssrf'],
    ['angular.HttpClient', 'Member[request].Argument[1]', 'ssrf'],
    ['@angular/common/http', 'Member[HttpRequest].Argument[1]', 'ssrf'],
    ['@angular/common/http', 'Member[httpResource].Argument[0].ReturnValue', 'ssrf'],
    ['@angular/common/http', 'Member[httpResource].Argument[0].ReturnValue.Member[url]', 'ssrf'],
  ],
  sanitizers: [['angular.Sanitizer', 'Member[sanitize].ReturnValue', ['xss']]],
  guesses: [['angular.Sanitizer', ['domSanitizer']]],
};
