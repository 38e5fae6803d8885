// Django 4.2.30 (and what 5.x added under the same names); read in Debian 13's package.
import type { Models } from '../../models/model.ts';

/** Models of Django's database layer: models, managers, query results and raw SQL. */
export const djangoDatabase: Models = {
  language: 'python',
  types: [
    ['django.Model', 'django.db.models', 'Member[Model]'],
    ['django.Model', 'django.contrib.gis.db.models', 'Member[Model]'],
    ['django.Model', 'django.contrib.auth.models', 'Member[User,Group,AbstractUser,AbstractBaseUser]'],
    ['django.Model', 'django.contrib.auth', 'Member[get_user_model].ReturnValue'],
    ['django.Model', 'django.apps', 'Member[apps].Member[get_model].ReturnValue'],
    ['django.Manager', 'django.Model', 'Member[objects,_default_manager,_base_manager]'],
    ['django.Manager', 'django.db.models', 'Member[Manager,QuerySet].Instance'],
    ['django.Manager', 'django.db.models.query', 'Member[QuerySet].Instance'],
    [
      'django.Manager',
      'django.Manager',
      'Member[all,filter,exclude,annotate,alias,order_by,reverse,distinct,values,values_list,select_related,prefetch_related,extra,defer,only,using,select_for_update,union,none,get_queryset].ReturnValue',
    ],
    ['django.Manager', 'django.View', 'Member[get_queryset].ReturnValue'],
    ['django.ModelInstance', 'django.Manager', 'Member[get,create,first,last,latest,earliest].ReturnValue'],
    ['django.ModelInstance', 'django.Manager', 'AnyMember'],
    ['django.ModelInstance', 'django.shortcuts', 'Member[get_object_or_404].ReturnValue'],
    ['django.ModelInstance', 'django.View', 'Member[get_object].ReturnValue'],
    ['dbapi.Cursor', 'django.db', 'Member[connection].Member[cursor].ReturnValue'],
    ['dbapi.Cursor', 'django.db', 'Member[connections].AnyMember.Member[cursor].ReturnValue'],
  ],
  sources: [
    [
      'django.Manager',
      'Member[get,first,last,latest,earliest,all,filter,exclude,order_by,raw,values,values_list,in_bulk,iterator,select_related,prefetch_related,annotate,alias,reverse,distinct,defer,only,using,select_for_update,union].ReturnValue',
      'stored',
    ],
    ['django.shortcuts', 'Member[get_object_or_404,get_list_or_404].ReturnValue', 'stored'],
    ['django.View', 'Member[get_object,get_queryset].ReturnValue', 'stored'],
  ],
  sinks: [
    ['django.Manager', 'Member[raw].Argument[0,raw_query:]', 'sql'],
    ['django.Manager', 'Member[extra].Argument[0,1,3,4,select:,where:,tables:,order_by:]', 'sql'],
    ['django.Manager', 'Member[extra].Argument[0,1,3,4,select:,where:,tables:,order_by:].AnyMember', 'sql'],
    ['django.db.models.expressions', 'Member[RawSQL].Argument[0,sql:]', 'sql'],
    ['django.db.models', 'Member[Func,Aggregate].Argument[template:,function:]', 'sql'],
    ['django.db.models', 'Member[RawSQL].Argument[0,sql:]', 'sql'],
    ['django.Manager', 'Member[filter,exclude,get,get_or_none].Argument[**:]', 'mass-assignment'],
    ['django.db.models', 'Member[Q].Argument[**:]', 'mass-assignment'],
    ['django.shortcuts', 'Member[get_object_or_404,get_list_or_404].Argument[**:]', 'mass-assignment'],
    ['django.Model', 'Argument[0..]', 'mass-assignment'],
    [
      'django.Manager',
      'Member[create,update,get_or_create,update_or_create].Argument[0..]',
      'mass-assignment',
    ],
    [
      'django.Manager',
      'Member[get_or_create,update_or_create].Argument[defaults:,create_defaults:]',
      'mass-assignment',
    ],
  ],
  sanitizers: [
    ['django.Manager', 'Member[count,exists,update,delete,bulk_update].ReturnValue', 'all'],
    ['django.ModelInstance', 'Member[id,pk]', 'all'],
  ],
  guesses: [['django.Manager', ['objects', 'queryset']]],
};
