/**
 * Sources of pages and apps besides the DOM's location: TanStack Router 1, Expo Router 3 to 6, Solid Router 0.15, nuqs
 * 2, React Native's links, browser extensions, pasted or dropped data. Documentation: the site of each.
 */
import type { Models } from '../../../models/model.ts';

const events = 'addEventListener].Argument[1].Parameter[0';

export const pageSources: Models = {
  language: 'javascript',
  types: [
    ['router.TanStack', '@tanstack/react-router', ''],
    ['router.TanStack', '@tanstack/solid-router', ''],
    ['router.TanStack', '@tanstack/react-router', 'Member[createFileRoute].ReturnValue.ReturnValue'],
    ['router.TanStack', '@tanstack/react-router', 'Member[getRouteApi,createRoute].ReturnValue'],
    ['transfer.Data', 'dom.Document', `Member[${events}].Member[clipboardData,dataTransfer]`],
    ['transfer.Data', 'dom.Element', `Member[${events}].Member[clipboardData,dataTransfer]`],
    ['transfer.Data', 'dom.Window', `Member[${events}].Member[clipboardData,dataTransfer]`],
    ['transfer.Data', 'global', 'Member[ClipboardEvent].Instance.Member[clipboardData]'],
    ['transfer.Data', 'global', 'Member[DragEvent].Instance.Member[dataTransfer]'],
    ['transfer.Data', 'global', 'Member[DataTransfer].Instance'],
  ],
  sources: [
    ['router.TanStack', 'Member[useSearch,useParams].ReturnValue', 'browser'],
    [
      'expo-router',
      'Member[useLocalSearchParams,useGlobalSearchParams,useSearchParams].ReturnValue',
      'browser',
    ],
    ['@solidjs/router', 'Member[useParams].ReturnValue', 'browser'],
    ['@solidjs/router', 'Member[useSearchParams].ReturnValue.Member[0]', 'browser'],
    ['@solidjs/router', 'Member[useLocation].ReturnValue.Member[search,hash,query,pathname]', 'browser'],
    ['nuqs', 'Member[useQueryState].ReturnValue.Member[0]', 'browser'],
    ['nuqs', 'Member[useQueryStates].ReturnValue.Member[0]', 'browser'],
    ['react-native', 'Member[Linking].Member[getInitialURL].ReturnValue', 'browser'],
    [
      'react-native',
      'Member[Linking].Member[addEventListener].Argument[1].Parameter[0].Member[url]',
      'browser',
    ],
    ['expo-linking', 'Member[useURL,useLinkingURL,getInitialURL].ReturnValue', 'browser'],
    ['expo-linking', 'Member[addEventListener].Argument[1].Parameter[0].Member[url]', 'browser'],
    [
      'global',
      'Member[chrome,browser].Member[runtime].Member[onMessageExternal].Member[addListener].Argument[0].Parameter[0]',
      'browser',
    ],
    ['transfer.Data', 'Member[getData].ReturnValue', 'page'],
    ['global', 'Member[navigator].Member[clipboard].Member[readText].ReturnValue', 'page'],
  ],
  sinks: [
    ['react-native', 'Member[Linking].Member[openURL].Argument[0]', 'redirect'],
    ['expo-linking', 'Member[openURL].Argument[0]', 'redirect'],
    ['expo-web-browser', 'Member[openBrowserAsync].Argument[0]', 'redirect'],
  ],
};
