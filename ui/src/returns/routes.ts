/** The pages of returns. */
import type { RouteRecordRaw } from 'vue-router'

/** The pages by their addresses. */
export const returnRoutes: RouteRecordRaw[] = [
  { path: '/returns', component: () => import('./BoardPage.vue') },
  { path: '/returns/:id(\\d+)', component: () => import('./ReturnPage.vue'), props: true },
  { path: '/returns/tasks', component: () => import('./TasksPage.vue') },
  { path: '/returns/author/:taskKey?', component: () => import('./author/AuthorPage.vue'), props: true },
  { path: '/returns/inbox', component: () => import('./InboxPage.vue') },
  { path: '/returns/series', component: () => import('./SeriesPage.vue') },
  { path: '/returns/pivot', component: () => import('./PivotPage.vue') },
  { path: '/returns/cards', component: () => import('./CardsPage.vue') },
]
