/**
 * AngularJS 1.x: its services are injected by the names of parameters. Documentation:
 * https://docs.angularjs.org/api/ng/service/$sce, https://docs.angularjs.org/guide/security
 */
import type { Models } from '../../models/model.ts';

export const angularjs: Models = {
  language: 'javascript',
  types: [
    ['angularjs.Sce', 'angular', 'Member[injector].ReturnValue.Member[get].ReturnValue'],
    ['angularjs.Sce', 'angular', 'Member[ISCEService].Instance'],
    ['angularjs.Location', 'angular', 'Member[ILocationService].Instance'],
    ['angularjs.Compile', 'angular', 'Member[ICompileService].Instance'],
    ['angularjs.Interpolate', 'angular', 'Member[IInterpolateService].Instance'],
    ['angularjs.Parse', 'angular', 'Member[IParseService].Instance'],
    ['angularjs.Scope', 'angular', 'Member[IScope,IRootScopeService].Instance'],
  ],
  sources: [['angularjs.Location', 'Member[search,hash,path,url,absUrl].ReturnValue', 'browser']],
  sinks: [
    ['angularjs.Sce', 'Member[trustAsHtml,trustAsJs].Argument[0]', 'xss'],
    ['angularjs.Sce', 'Member[trustAs].Argument[1]', 'xss', { at: 'Argument[0]', is: ['html', 'js'] }],
    ['angularjs.Sce', 'Member[trustAsUrl,trustAsResourceUrl].Argument[0]', 'link'],
    ['angularjs.Compile', 'Argument[0]', 'xss'],
    ['angularjs.Interpolate', 'Argument[0]', 'template'],
    ['angularjs.Parse', 'Argument[0]', 'template'],
    ['angularjs.Scope', 'Member[$eval,$evalAsync,$apply,$applyAsync].Argument[0]', 'template'],
  ],
  guesses: [
    ['angularjs.Location', ['$location']],
    ['angularjs.Sce', ['$sce', '.trustAsHtml']],
    ['angularjs.Compile', ['$compile']],
    ['angularjs.Interpolate', ['$interpolate']],
    ['angularjs.Parse', ['$parse']],
    ['angularjs.Scope', ['$scope', '$rootScope']],
  ],
};
