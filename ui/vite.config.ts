import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { weighed } from './weight.ts'

/** The host that `npm run dev` hands the calls of the screen to: the address that `unionbook-browser` prints. */
const host = process.env.UNIONBOOK_HOST ?? 'http://127.0.0.1:4173'
const handed = { target: host, headers: { origin: host }, changeOrigin: true }

export default defineConfig({
  plugins: [vue(), weighed()],
  build: { target: ['chrome105', 'safari15'], assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { host: '127.0.0.1', proxy: { '/rpc': handed, '/upload': handed, '/place': handed, '/download': handed, '/alive': handed, '/enter': handed } },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
})
