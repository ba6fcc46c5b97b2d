/** The pages, each loaded when it is first opened. */
import { createRouter, createWebHashHistory, type Router, type RouteRecordRaw } from 'vue-router'
import { nounRoutes } from './nouns/routes'
import { returnRoutes } from './returns/routes'

/** The pages by their addresses. A noun that brings a page of its own stands before `/records/:record`. */
export const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./home/HomePage.vue') },
  { path: '/timeline', component: () => import('./shell/TimelinePage.vue') },
  { path: '/settings', component: () => import('./shell/settings/SettingsPage.vue') },
  { path: '/handover', component: () => import('./shell/handover/HandoverPage.vue') },
  { path: '/help/:page?', component: () => import('./shell/help/HelpPage.vue'), props: true },
  ...nounRoutes,
  ...returnRoutes,
  { path: '/records/:record', component: () => import('./records/RecordPage.vue'), props: true },
]

/** Makes the router; addresses stay behind `#`, so that every host can serve them. */
export function newRouter(): Router {
  return createRouter({ history: createWebHashHistory(), routes })
}
