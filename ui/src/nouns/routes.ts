/** The pages that nouns and reports bring of their own. */
import type { RouteRecordRaw } from 'vue-router'

/** The pages by their addresses. */
export const nounRoutes: RouteRecordRaw[] = [
  { path: '/units', component: () => import('./units/UnitsPage.vue') },
  { path: '/members/join', component: () => import('./members/JoinPage.vue') },
  { path: '/activities/:id/people', component: () => import('./activities/PeoplePage.vue'), props: true },
  { path: '/activities/:id/hours', component: () => import('./volunteers/HoursPage.vue'), props: true },
  { path: '/stations/map', component: () => import('./stations/PlanPage.vue') },
  { path: '/stations/:id/visits', component: () => import('./stations/VisitsPage.vue'), props: true },
  { path: '/privacy', component: () => import('../privacy/PrivacyPage.vue') },
  { path: '/reports', component: () => import('../reports/ReportPage.vue') },
  { path: '/print/sign-in/:id', component: () => import('./print/SignInPage.vue'), props: true },
  { path: '/print/application/:id', component: () => import('./print/ApplicationPage.vue'), props: true },
  { path: '/print/member/:id', component: () => import('./print/MemberPage.vue'), props: true },
]
