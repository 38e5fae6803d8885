// Keras 3, TensorFlow 2, MLflow 2, gensim 4, hickle 5, compress-pickle 2, srsly 2, statsmodels 0.14, kombu 5, Twisted 24,
// LangChain 0.3, transformers 4, sentence-transformers 3, datasets 2, numpy 2; as documented.
import type { Condition, Models } from '../../../models/model.ts';

const unsafeMode: Condition = { at: 'Argument[safe_mode:]', is: [false] };
const trustedCode: Condition = { at: 'Argument[trust_remote_code:]', is: [true] };

/** Functions that load machine-learning models, or files of other formats that contain pickles. */
export const modelFiles: Models = {
  language: 'python',
  sinks: [
    ['keras.models', 'Member[load_model].Argument[0,filepath:]', 'deserialize', unsafeMode],
    ['keras.saving', 'Member[load_model].Argument[0,filepath:]', 'deserialize', unsafeMode],
    [
      'tensorflow',
      'Member[keras].Member[models,saving].Member[load_model].Argument[0,filepath:]',
      'deserialize',
      unsafeMode,
    ],
    ['tensorflow.keras.models', 'Member[load_model].Argument[0,filepath:]', 'deserialize', unsafeMode],
    [
      'mlflow',
      'Member[pyfunc,sklearn,pytorch,xgboost,lightgbm].Member[load_model].Argument[0,model_uri:]',
      'deserialize',
    ],
    [
      'gensim.models',
      'Member[Word2Vec,Doc2Vec,FastText,LdaModel,KeyedVectors].Member[load].Argument[0]',
      'deserialize',
    ],
    ['hickle', 'Member[load].Argument[0,file_obj:]', 'deserialize'],
    ['compress_pickle', 'Member[load,loads].Argument[0,path:,data:]', 'deserialize'],
    ['srsly', 'Member[pickle_loads].Argument[0,data:]', 'deserialize'],
    ['srsly.cloudpickle', 'Member[load,loads].Argument[0]', 'deserialize'],
    ['statsmodels.iolib.smpickle', 'Member[load_pickle].Argument[0,fname:]', 'deserialize'],
    ['pandas.io.pickle', 'Member[read_pickle].Argument[0,filepath_or_buffer:]', 'deserialize'],
    [
      'numpy.lib.format',
      'Member[read_array].Argument[0,fp:]',
      'deserialize',
      { at: 'Argument[1,allow_pickle:]', is: [true] },
    ],
    ['kombu.serialization', 'Member[pickle_loads].Argument[0,s:]', 'deserialize'],
    ['twisted.spread.jelly', 'Member[unjelly].Argument[0,sexp:]', 'deserialize'],
    ['jsonpickle.unpickler', 'Member[Unpickler].Instance.Member[restore].Argument[0,obj:]', 'deserialize'],
    ['jsonpickle', 'Member[Unpickler].Instance.Member[restore].Argument[0,obj:]', 'deserialize'],
    ['yaml', 'Member[Loader,UnsafeLoader,CLoader,CUnsafeLoader].Argument[0,stream:]', 'deserialize'],
    [
      'langchain_community.vectorstores',
      'Member[FAISS].Member[load_local].Argument[0,folder_path:]',
      'deserialize',
      { at: 'Argument[allow_dangerous_deserialization:]', is: [true] },
    ],
    [
      'transformers',
      'AnyMember.Member[from_pretrained].Argument[0,pretrained_model_name_or_path:]',
      'code',
      trustedCode,
    ],
    ['transformers', 'Member[pipeline].Argument[1,model:]', 'code', trustedCode],
    ['sentence_transformers', 'AnyMember.Argument[0,model_name_or_path:]', 'code', trustedCode],
    ['datasets', 'Member[load_dataset,load_dataset_builder].Argument[0,path:]', 'code', trustedCode],
  ],
};
