// djangorestframework 3.16.0, django-ninja 1.3 (names only); the first read in Debian 13's package.
import type { Models } from '../../models/model.ts';

/** Models of Django REST framework. Its responses are rendered as JSON or escaped, so they are no sinks of `xss`. */
export const djangoRest: Models = {
  language: 'python',
  types: [
    ['rest.Request', 'rest_framework.request', 'Member[Request].Instance'],
    ['rest.Request', 'rest.View', 'Member[request]'],
    [
      'rest.Request',
      'rest.View',
      'Member[get,post,put,patch,delete,head,options,dispatch,list,create,retrieve,update,partial_update,destroy].Parameter[0]',
    ],
    [
      'rest.Request',
      'rest_framework.decorators',
      'Member[api_view,action].ReturnValue.Argument[0].Parameter[0]',
    ],
    ['rest.View', 'rest_framework.views', 'Member[APIView].Instance'],
    [
      'rest.View',
      'rest_framework.viewsets',
      'Member[ViewSet,GenericViewSet,ModelViewSet,ReadOnlyModelViewSet].Instance',
    ],
    [
      'rest.View',
      'rest_framework.generics',
      'Member[GenericAPIView,ListAPIView,CreateAPIView,RetrieveAPIView,UpdateAPIView,DestroyAPIView,ListCreateAPIView,RetrieveUpdateAPIView,RetrieveDestroyAPIView,RetrieveUpdateDestroyAPIView].Instance',
    ],
    [
      'rest.Serializer',
      'rest_framework.serializers',
      'Member[Serializer,ModelSerializer,HyperlinkedModelSerializer].Instance',
    ],
    ['rest.Serializer', 'rest.View', 'Member[get_serializer].ReturnValue'],
    ['rest.Serializer', 'rest.View', 'Member[perform_create,perform_update].Parameter[0]'],
    ['django.HttpRequest', 'rest.Request', 'Member[_request]'],
    ['django.QueryDict', 'rest.Request', 'Member[GET,POST,COOKIES,META,FILES,headers,query_params,data]'],
    ['django.UploadedFile', 'rest.Request', 'Member[FILES].AnyMember'],
    ['django.UploadedFile', 'rest.Request', 'Member[FILES].Member[get].ReturnValue'],
    ['django.Session', 'rest.Request', 'Member[session]'],
    ['django.Manager', 'rest.View', 'Member[get_queryset,filter_queryset].ReturnValue'],
    ['django.Manager', 'rest.View', 'Member[filter_queryset].Parameter[0]'],
    [
      'rest.FilterBackend',
      'rest_framework.filters',
      'Member[BaseFilterBackend,SearchFilter,OrderingFilter].Instance',
    ],
    ['rest.Request', 'rest.FilterBackend', 'Member[filter_queryset].Parameter[0]'],
    ['django.Manager', 'rest.FilterBackend', 'Member[filter_queryset].Parameter[1]'],
    ['rest.Ninja', 'ninja', 'Member[NinjaAPI,Router].Instance'],
    [
      'django.HttpRequest',
      'rest.Ninja',
      'Member[get,post,put,patch,delete].ReturnValue.Argument[0].Parameter[0]',
    ],
  ],
  sources: [
    // Parsers of the project's own, which are handed the body.
    [
      'rest_framework.parsers',
      'Member[BaseParser,JSONParser,FormParser,MultiPartParser,FileUploadParser].Instance.Member[parse].Parameter[0]',
      'remote',
    ],
    [
      'rest.Request',
      'Member[data,query_params,GET,POST,FILES,COOKIES,META,headers,body,stream,path,path_info,content_type]',
      'remote',
    ],
    ['rest.Request', 'Member[get_full_path].ReturnValue', 'remote'],
    [
      'rest.View',
      'Member[get,post,put,patch,delete,head,options,dispatch,list,create,retrieve,update,partial_update,destroy].Parameter[1..]',
      'remote',
    ],
    ['rest_framework.decorators', 'Member[api_view,action].ReturnValue.Argument[0].Parameter[1..]', 'remote'],
    ['rest.View', 'Member[kwargs,args]', 'remote'],
    ['rest.Serializer', 'Member[validated_data,initial_data]', 'remote'],
    ['rest.Serializer', 'Member[create,to_internal_value,validate].Parameter[0]', 'remote'],
    ['rest.Serializer', 'Member[update].Parameter[1]', 'remote'],
    ['rest.View', 'Member[get_object].ReturnValue', 'stored'],
    ['rest.Ninja', 'Member[get,post,put,patch,delete].ReturnValue.Argument[0].Parameter[1..]', 'remote'],
  ],
  sinks: [
    ['rest_framework.response', 'Member[Response].Argument[0,data:]', 'leak'],
    [
      'rest_framework.exceptions',
      'Member[APIException,ValidationError,ParseError,AuthenticationFailed,PermissionDenied,NotFound].Argument[0,detail:]',
      'leak',
    ],
    ['rest_framework.serializers', 'Member[ValidationError].Argument[0,detail:]', 'leak'],
    ['rest.Ninja', 'Member[get,post,put,patch,delete].ReturnValue.Argument[0].ReturnValue', 'leak'],
  ],
  sanitizers: [
    ['rest.Request', 'Member[path,path_info]', ['redirect', 'ssrf']],
    ['rest.Request', 'Member[get_full_path].ReturnValue', ['redirect', 'ssrf', 'log']],
    // A serializer names its fields: what it gives is no whole body.
    ['rest.Serializer', 'Member[validated_data]', ['mass-assignment', 'nosql']],
    ['rest.View', 'Member[kwargs]', ['mass-assignment']],
    ['rest.Serializer', 'Member[create,validate].Parameter[0]', ['mass-assignment']],
    ['rest.Serializer', 'Member[update].Parameter[1]', ['mass-assignment']],
    ['rest_framework.response', 'Member[Response].ReturnValue', ['xss', 'leak']],
  ],
  traits: [['rest.Request', '', 'is-request']],
};
