import './style/tokens.css'
import './style/page.css'
import './style/parts.css'
import './style/print.css'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import App from './App.vue'
import { host } from './api/host'
import { newClient } from './api/queries'
import { offerActs } from './nouns/acts'
import { newRouter } from './routes'
import { tell } from './shell/notices'

window.addEventListener('unhandledrejection', (event) => tell(event.reason))

// What answers the first call loads while the screen is put together.
void host()
offerActs()
createApp(App)
  .use(newRouter())
  .use(VueQueryPlugin, { queryClient: newClient() })
  .mount('#app')
