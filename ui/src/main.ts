import './style/tokens.css'
import './style/page.css'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import App from './App.vue'
import { newClient } from './api/queries'
import { offerActs } from './nouns/acts'
import { newRouter } from './routes'

offerActs()
createApp(App)
  .use(newRouter())
  .use(VueQueryPlugin, { queryClient: newClient() })
  .mount('#app')
