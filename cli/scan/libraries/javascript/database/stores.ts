/**
 * Stores of pages, each an object that all components share: Redux Toolkit 1 and 2, Pinia 2 and 3, Zustand 4 and 5.
 * Their content is known by the names of their entries. Documentation: https://redux-toolkit.js.org,
 * https://pinia.vuejs.org, https://zustand.docs.pmnd.rs
 */
import type { Models } from '../../../models/model.ts';

const middleware = 'Member[persist,devtools,subscribeWithSelector,immer,redux].Argument[0].Parameter[0]';
const makers = 'Member[create,createStore]';
const slice = 'Member[createSlice].Argument[0]';

export const stores: Models = {
  language: 'javascript',
  types: [
    ['zustand.Set', 'zustand', `${makers}.Argument[0].Parameter[0]`],
    ['zustand.Set', 'zustand', `${makers}.ReturnValue.Argument[0].Parameter[0]`],
    ['zustand.Set', 'zustand/vanilla', `${makers}.Argument[0].Parameter[0]`],
    ['zustand.Set', 'zustand/vanilla', `${makers}.ReturnValue.Argument[0].Parameter[0]`],
    ['zustand.Set', 'zustand/middleware', middleware],
    ['zustand.Set', 'zustand/middleware/immer', middleware],
    ['zustand.State', 'zustand.Set', 'Argument[0]'],
    ['zustand.State', 'zustand.Set', 'Argument[0].ReturnValue'],
    ['zustand.State', 'zustand.Set', 'Argument[0].Parameter[0]'],
    ['zustand.State', 'zustand', `${makers}.Argument[0].Parameter[1].ReturnValue`],
    ['zustand.Hook', 'zustand', 'Member[create].ReturnValue'],
    ['zustand.Hook', 'zustand', 'Member[create].ReturnValue.ReturnValue'],
    ['zustand.State', 'zustand.Hook', 'ReturnValue'],
    ['zustand.State', 'zustand.Hook', 'Argument[0].Parameter[0]'],
    ['zustand.State', 'zustand.Hook', 'Member[getState].ReturnValue'],
    ['zustand.Set', 'zustand.Hook', 'Member[setState]'],
    ['zustand.State', 'zustand', 'Member[useStore].Argument[1].Parameter[0]'],

    ['pinia.Store', 'pinia', 'Member[defineStore].ReturnValue.ReturnValue'],
    ['pinia.Store', 'pinia', 'Member[defineStore].Argument[1].ReturnValue'],
    ['pinia.Options', 'pinia', 'Member[defineStore].Argument[0,1]'],
    ['pinia.Function', 'pinia.Options', 'Member[actions,getters].AnyMember'],
    ['pinia.Store', 'pinia.Function', 'Argument[this]'],
    ['pinia.Store', 'pinia.Options', 'Member[getters].AnyMember.Parameter[0]'],
    // Only functions with a result or an argument are passed on.
    ['pinia.Result', 'pinia.Function', 'ReturnValue'],
    ['pinia.Store', 'pinia.Store', 'Member[$patch].Argument[0]'],
    ['pinia.Store', 'pinia.Store', 'Member[$patch].Argument[0].Parameter[0]'],
    ['pinia.Store', 'pinia.Store', 'Member[$state]'],

    ['redux.Slice', '@reduxjs/toolkit', `${slice}.Member[reducers].AnyMember.Parameter[0]`],
    ['redux.ActionCreator', '@reduxjs/toolkit', 'Member[createSlice].ReturnValue.Member[actions].AnyMember'],
    ['redux.Builder', '@reduxjs/toolkit', `${slice}.Member[extraReducers].Parameter[0]`],
    ['redux.Builder', '@reduxjs/toolkit', 'Member[createReducer].Argument[1].Parameter[0]'],
    ['redux.Builder', 'redux.Builder', 'Member[addCase,addMatcher].ReturnValue'],
    ['redux.Slice', 'redux.Builder', 'Member[addCase,addMatcher].Argument[1].Parameter[0]'],
    ['redux.Root', 'react-redux', 'Member[useSelector].Argument[0].Parameter[0]'],
    ['redux.Root', 'react-redux', 'Member[connect].Argument[0].Parameter[0]'],
    ['redux.Slice', 'redux.Root', ''],
    ['redux.Slice', 'redux.Root', 'AnyMember'],
  ],
  shared: [
    ['zustand.State', ''],
    ['pinia.Store', ''],
    ['redux.Slice', ''],
  ],
  summaries: [
    ['zustand.Hook', '', 'Argument[0].ReturnValue', 'ReturnValue', 'value'],
    ['zustand', 'Member[useStore]', 'Argument[1].ReturnValue', 'ReturnValue', 'value'],
    ['pinia', 'Member[storeToRefs]', 'Argument[0]', 'ReturnValue', 'value'],
    [
      '@reduxjs/toolkit',
      'Member[createAsyncThunk]',
      'Argument[1].ReturnValue',
      'ReturnValue.Member[fulfilled].Member[payload]',
      'value',
    ],
    [
      'redux.Builder',
      'Member[addCase]',
      'Argument[0].Member[payload]',
      'Argument[1].Parameter[1].Member[payload]',
      'value',
    ],
    ['react-redux', 'Member[useSelector]', 'Argument[0].ReturnValue', 'ReturnValue', 'value'],
  ],
  traits: [['redux.ActionCreator', '', 'creates-actions']],
};
