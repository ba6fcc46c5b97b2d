import { readdirSync, readFileSync } from 'node:fs'
import { isVNode, type VNode } from 'vue'
import { describe, expect, it } from 'vitest'
import { routes } from '../../routes'
import { drawn, type Leads } from './markdown'
import { helpFor, PAGES, textOf } from './pages'

const leads: Leads = { picture: (name) => (name === 'pictures/there.png' ? '/there.png' : undefined), open: () => undefined }

/** Writes elements as text, to compare them. */
function written(node: unknown): string {
  if (Array.isArray(node)) return node.map(written).join('')
  if (!isVNode(node)) return String(node ?? '')
  const { type, children, props } = node as VNode
  const more = props?.src ? ` src=${String(props.src)}` : props?.href ? ` href=${String(props.href)}` : ''
  return `<${String(type)}${more}>${written(children)}</${String(type)}>`
}
const read = (text: string): string => written(drawn(text, leads))

describe('the guide’s text', () => {
  it('becomes elements', () => {
    expect(read('# 甲\n\n乙**丙**和`Ctrl+Z`。'), 'headings, strong words, keys').toBe('<h1>甲</h1><p>乙<strong>丙</strong>和<kbd>Ctrl+Z</kbd>。</p>')
    expect(read('1. 甲\n2. 乙'), 'a list').toBe('<ol><li>甲</li><li>乙</li></ol>')
    expect(read('|键|做|\n|-|-|\n|`a`|b|'), 'a table').toBe('<table><thead><tr><th>键</th><th>做</th></tr></thead><tbody><tr><td><kbd>a</kbd></td><td>b</td></tr></tbody></table>')
  })
  it('leads to other pages of the guide', () => {
    expect(read('见[月报](monthly.md)'), 'a page, not a file').toBe('<p>见<a href=#/help/monthly>月报</a></p>')
  })
  it('leaves out pictures that have not been made', () => {
    expect(read('![有](pictures/there.png)'), 'it is there').toBe('<p><img src=/there.png></img></p>')
    expect(read('甲\n\n![没有](pictures/gone.png)'), 'no empty paragraph').toBe('<p>甲</p>')
  })
  it('is never taken for HTML', () => {
    const types = (nodes: unknown): unknown[] => (Array.isArray(nodes) ? nodes.flatMap(types) : isVNode(nodes) ? [nodes.type, ...types(nodes.children)] : [])
    expect(types(drawn('甲<script>x()</script>\n\n<img src=x onerror=y()>', leads)), 'what looks like a tag is text').toEqual(['p'])
    expect(read('a < b & c'), 'signs stay').toBe('<p>a < b & c</p>')
  })
})

describe('the pages of the guide', () => {
  const folder = '../assets/help'
  const files = readdirSync(folder).filter((name) => name.endsWith('.md'))
  it('are all listed and all there, each under its title', async () => {
    expect(files.map((name) => name.replace('.md', '')).sort(), 'files and list agree').toEqual(PAGES.map(({ name }) => name).sort())
    for (const { name, title } of PAGES) expect(await textOf(name), name).toMatch(new RegExp(`^# ${title}\n`))
  })
  it('lead to one another alone', () => {
    for (const file of files)
      for (const [, to = ''] of readFileSync(`${folder}/${file}`, 'utf8').matchAll(/(?<!!)\[[^\]]+\]\(([^)]+)\)/g)) expect(files, `${file} leads to ${to}`).toContain(to)
  })
  it('fit every page of the program', () => {
    for (const { path } of routes) expect(PAGES.map(({ name }) => name), path).toContain(helpFor(path))
    expect([helpFor('/records/visit'), helpFor('/records/member'), helpFor('/')], 'the station’s, the member’s, the first').toEqual(['stations', 'members', 'start'])
  })
  it('are named by every part of the settings', () => {
    const parts = readdirSync('src/shell/settings', { recursive: true }).map(String).filter((name) => name.endsWith('Part.vue'))
    expect(parts.length, 'they are found').toBeGreaterThan(6)
    for (const part of parts) expect(PAGES.map(({ name }) => name), part).toContain(/class="part" data-help="(\w+)"/.exec(readFileSync(`src/shell/settings/${part}`, 'utf8'))?.[1])
  })
})
