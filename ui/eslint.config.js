import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'

export default typescript.config(
  { ignores: ['dist', 'src/api/generated.ts'] },
  js.configs.recommended,
  typescript.configs.strict,
  vue.configs['flat/recommended'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: typescript.parser } } },
  { files: ['look/*.mjs'], rules: { 'no-undef': 'off' } },
  {
    files: ['**/*.{ts,vue}'],
    rules: {
      'no-undef': 'off',
      'max-lines': ['error', 400],
      'vue/component-tags-order': 'off',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['warn', { html: { void: 'always', normal: 'never', component: 'always' } }],
      'vue/html-indent': ['warn', 2, { alignAttributesVertically: false }],
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSAnyKeyword', message: 'Say what it is.' },
      ],
    },
  },
  { files: ['**/*.vue'], rules: { 'max-lines': ['error', 200] } },
  {
    files: ['src/**/*.{ts,vue}'],
    ignores: ['src/api/host/tauri.ts', 'src/fields/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['@tauri-apps/*', 'element-plus', 'element-plus/*'] }] },
  },
  {
    files: ['src/fields/**/*.{ts,vue}'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['@tauri-apps/*'] }] },
  },
)
