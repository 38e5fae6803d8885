// pickle, marshal, shelve of Python 3.11; PyYAML 6.0.2, ruamel.yaml 0.18.10, dill 0.4.0, jsonpickle 4.0.2, joblib 1.4.2,
// pandas 2.2.3 read in the interpreter and Debian 13's packages; torch, numpy, cloudpickle as documented.
import type { Condition, Models } from '../../../models/model.ts';

const unlessSafeLoader: Condition = {
  at: 'Argument[1,Loader:]',
  isApi: [['yaml.SafeLoader', '']],
  not: true,
};

/** `find_class` of a subclass decides what is built. */
const unlessRestricted: Condition = { at: 'Argument[this]', restricts: 'find_class', not: true };

/** Functions that build objects from bytes or text, and so may run code. */
export const deserialize: Models = {
  language: 'python',
  types: [
    ['pickle.Unpickler', 'pickle', 'Member[Unpickler,_Unpickler]'],
    ['pickle.Unpickler', '_pickle', 'Member[Unpickler]'],
    ['pickle.Unpickler', 'cPickle', 'Member[Unpickler]'],
    ['pickle.Unpickler', 'pickle5', 'Member[Unpickler]'],
    ['pickle.Unpickler', 'dill', 'Member[Unpickler]'],
    ['pickle.Unpickler', 'cloudpickle', 'Member[Unpickler]'],
    ['yaml.SafeLoader', 'yaml', 'Member[SafeLoader,CSafeLoader,BaseLoader,CBaseLoader]'],
    ['yaml.SafeLoader', 'yaml.loader', 'Member[SafeLoader,BaseLoader]'],
    ['yaml.SafeLoader', 'yaml.cyaml', 'Member[CSafeLoader,CBaseLoader]'],
    ['ruamel.yaml.SafeLoader', 'ruamel.yaml', 'Member[SafeLoader,CSafeLoader,RoundTripLoader,BaseLoader]'],
  ],
  sinks: [
    ['pickle', 'Member[load].Argument[0,file:]', 'deserialize'],
    ['pickle', 'Member[loads].Argument[0,data:]', 'deserialize'],
    ['pickle.Unpickler', 'Instance.Member[load].Argument[this]', 'deserialize', unlessRestricted],
    ['pickle.Unpickler', 'Instance.Member[constructor].Argument[0,file:]', 'deserialize', unlessRestricted],
    ['_pickle', 'Member[load,loads].Argument[0]', 'deserialize'],
    ['cPickle', 'Member[load,loads].Argument[0]', 'deserialize'],
    ['pickle5', 'Member[load,loads].Argument[0]', 'deserialize'],
    ['dill', 'Member[load].Argument[0,file:]', 'deserialize'],
    ['dill', 'Member[loads].Argument[0,str:]', 'deserialize'],
    ['cloudpickle', 'Member[load,loads].Argument[0]', 'deserialize'],
    ['marshal', 'Member[load,loads].Argument[0]', 'deserialize'],
    ['shelve', 'Member[open,DbfilenameShelf].Argument[0,filename:]', 'deserialize'],
    ['yaml', 'Member[load,load_all].Argument[0,stream:]', 'deserialize', unlessSafeLoader],
    [
      'yaml',
      'Member[unsafe_load,unsafe_load_all,full_load,full_load_all].Argument[0,stream:]',
      'deserialize',
    ],
    [
      'ruamel.yaml',
      'Member[load,load_all].Argument[0,stream:]',
      'deserialize',
      {
        at: 'Argument[1,Loader:]',
        isApi: [['ruamel.yaml.SafeLoader', '']],
        not: true,
      },
    ],
    [
      'ruamel.yaml',
      'Member[YAML].Instance.Member[load,load_all].Argument[0,stream:]',
      'deserialize',
      { at: 'Argument[this].Argument[typ:]', is: ['unsafe'] },
    ],
    ['jsonpickle', 'Member[decode,loads].Argument[0,string:]', 'deserialize'],
    ['jsonpickle.unpickler', 'Member[decode].Argument[0,string:]', 'deserialize'],
    ['joblib', 'Member[load].Argument[0,filename:]', 'deserialize'],
    ['sklearn.externals.joblib', 'Member[load].Argument[0]', 'deserialize'],
    [
      'torch',
      'Member[load].Argument[0,f:]',
      'deserialize',
      { at: 'Argument[weights_only:]', is: [true], not: true },
    ],
    ['pandas', 'Member[read_pickle].Argument[0,filepath_or_buffer:]', 'deserialize'],
    [
      'numpy',
      'Member[load].Argument[0,file:]',
      'deserialize',
      { at: 'Argument[2,allow_pickle:]', is: [true] },
    ],
    ['multiprocessing.reduction', 'Member[ForkingPickler].Member[loads].Argument[0]', 'deserialize'],
  ],
  summaries: [
    // Its `load()` deserialises what it reads.
    ['pickle.Unpickler', '', 'Argument[0,file:]', 'ReturnValue', 'taint'],
    [
      'yaml',
      'Member[load,safe_load,full_load,unsafe_load,load_all,safe_load_all]',
      'Argument[0,stream:]',
      'ReturnValue',
      'taint',
    ],
    ['yaml', 'Member[dump,safe_dump]', 'Argument[0,data:]', 'ReturnValue', 'taint'],
    ['ruamel.yaml', 'Member[YAML].Instance.Member[load]', 'Argument[0,stream:]', 'ReturnValue', 'taint'],
    ['pickle', 'Member[load,loads]', 'Argument[0,file:,data:]', 'ReturnValue', 'taint'],
    ['pickle', 'Member[dumps]', 'Argument[0,obj:]', 'ReturnValue', 'taint'],
  ],
  sanitizers: [
    // A value that was just serialised is deserialised to itself.
    ['pickle', 'Member[dumps].ReturnValue', ['deserialize']],
    ['cPickle', 'Member[dumps].ReturnValue', ['deserialize']],
  ],
};
