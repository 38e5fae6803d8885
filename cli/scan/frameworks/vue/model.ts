/** Vue 2.7 and 3, Lit 3. Templates handle `v-html`. Documentation: https://vuejs.org/api */
import type { Models } from '../../models/model.ts';

type Summary = NonNullable<Models['summaries']>[number];

/** Functions that return an object with the entries of another one. */
const wrappers = 'Member[reactive,shallowReactive,readonly,shallowReadonly,markRaw,toRaw,toRefs,proxyRefs]';

export const vue: Models = {
  language: 'javascript',
  types: [
    ['vue.Options', 'vue', 'Member[createApp,defineComponent].Argument[0]'],
    ['vue.Options', 'vue', 'Argument[0]'],
    ['vue.Options', 'vue', 'Member[component].Argument[1]'],
    ['dom.Element', 'vue', 'Member[useTemplateRef].ReturnValue.Member[value]'],
  ],
  sinks: [
    ['vue', 'Member[h,createVNode].Argument[1].Member[innerHTML]', 'xss'],
    ['vue', 'Member[compile].Argument[0]', 'template'],
    ['vue.Options', 'Member[template]', 'template'],
    ['lit/directives/unsafe-html.js', 'Member[unsafeHTML].Argument[0]', 'xss'],
    ['lit-html/directives/unsafe-html.js', 'Member[unsafeHTML].Argument[0]', 'xss'],
    ['lit/static-html.js', 'Member[unsafeStatic].Argument[0]', 'xss'],
  ],
  summaries: [
    ['vue', 'Member[computed]', 'Argument[0].ReturnValue', 'ReturnValue', 'taint'],
    ...['vue', '@vue/composition-api', '#imports', 'global'].flatMap((name): Summary[] => [
      [name, wrappers, 'Argument[0]', 'ReturnValue', 'value'],
      [name, 'Member[ref,shallowRef]', 'Argument[0]', 'ReturnValue.Member[value]', 'value'],
      [name, 'Member[unref,toValue]', 'Argument[0]', 'ReturnValue', 'value'],
      [name, 'Member[unref,toValue]', 'Argument[0].Member[value]', 'ReturnValue', 'value'],
    ]),
  ],
  sanitizers: [['vue/server-renderer', 'Member[renderToString].ReturnValue', ['xss']]],
};
