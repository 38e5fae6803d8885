// Django 5.2: https://docs.djangoproject.com/en/5.2/topics/http/middleware/ and /ref/signals/
import type { Models } from '../../models/model.ts';

const saved = 'pre_save,post_save,pre_delete,post_delete,pre_init,post_init,m2m_changed';

/** Models of the hooks that Django calls around views and database operations: middleware and signal receivers. */
export const djangoHooks: Models = {
  language: 'python',
  types: [
    [
      'django.HttpRequest',
      'django.utils.deprecation',
      'Member[MiddlewareMixin].Instance.Member[process_request,process_response,process_view,process_exception,process_template_response].Parameter[0]',
    ],
    [
      'django.Response',
      'django.utils.deprecation',
      'Member[MiddlewareMixin].Instance.Member[process_response,process_template_response].Parameter[1]',
    ],
    ['django.Response', 'django.View', 'Member[dispatch,render_to_response].ReturnValue'],
    ['django.Receiver', 'django.dispatch', 'Member[receiver].ReturnValue.Argument[0]'],
    ['django.Receiver', 'django.db.models.signals', `Member[${saved}].Member[connect].Argument[0]`],
    ['django.SavedInstance', 'django.Receiver', 'Parameter[1]'],
    ['django.ModelInstance', 'django.SavedInstance', ''],
  ],
  // A signal passes a record that is stored, or will be: its columns hold untrusted data.
  sources: [['django.SavedInstance', '', 'stored']],
  // Django refuses values with line breaks, but not untrusted names.
  sinks: [
    ['django.Response', 'Member[__setitem__,setdefault].Argument[0,header:,key:]', 'header'],
    ['django.Response', 'Member[headers].Member[__setitem__,setdefault].Argument[0,key:]', 'header'],
  ],
  // Middleware is called with the next one, and handed on by its name.
  guesses: [['django.Response', ['get_response()']]],
  traits: [
    ['django.HttpRequest', '', 'is-request'],
    ['django.ResponseClass', '', 'takes-headers-by-name'],
    ['django.urls', '', 'passes-path-parts-only', 'deep'],
    ['django.conf.urls', '', 'passes-path-parts-only', 'deep'],
    ['django.View', '', 'passes-path-parts-only', 'deep'],
    ['django.viewDecorator', '', 'passes-path-parts-only', 'deep'],
    ['django.RedirectView', '', 'passes-path-parts-only', 'deep'],
  ],
};
