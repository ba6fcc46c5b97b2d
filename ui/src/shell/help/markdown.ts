/** The guide's Markdown as elements: made without HTML text, so that the page needs no right to run any. */
import { marked, type Token, type Tokens } from 'marked'
import { h, type VNode } from 'vue'

/** What the words of a page lead to. */
export interface Leads {
  /** The address of a picture; nothing where it is not there. */
  picture(name: string): string | undefined
  /** Opens another page of the guide. */
  open(page: string): void
}

type Node = VNode | string

/** Gives a page's elements. */
export const drawn = (text: string, leads: Leads): VNode[] => blocks(marked.lexer(text), leads).filter((node) => typeof node !== 'string')

const blocks = (tokens: readonly Token[], leads: Leads): Node[] => tokens.flatMap((token) => block(token, leads))

function block(token: Token, leads: Leads): Node[] {
  switch (token.type) {
    case 'heading':
      return [h(`h${(token as Tokens.Heading).depth}`, inline(token, leads))]
    case 'paragraph':
      return paragraph(inline(token, leads))
    case 'list':
      return [listOf(token as Tokens.List, leads)]
    case 'table':
      return [tableOf(token as Tokens.Table, leads)]
    case 'blockquote':
      return [h('blockquote', blocks(token.tokens ?? [], leads))]
    case 'code':
      return [h('pre', [h('code', token.text as string)])]
    case 'hr':
      return [h('hr')]
    default:
      return token.type === 'text' ? inline(token, leads) : []
  }
}

/** A paragraph whose picture is missing is none. */
const paragraph = (nodes: Node[]): VNode[] => (nodes.length > 0 ? [h('p', nodes)] : [])

function listOf(list: Tokens.List, leads: Leads): VNode {
  return h(list.ordered ? 'ol' : 'ul', list.items.map((item) => h('li', blocks(item.tokens, leads))))
}

function tableOf(table: Tokens.Table, leads: Leads): VNode {
  const head = h('tr', table.header.map((cell) => h('th', { scope: 'col' }, words(cell.tokens, leads))))
  const body = table.rows.map((row) => h('tr', row.map((cell) => h('td', words(cell.tokens, leads)))))
  return h('table', [h('thead', [head]), h('tbody', body)])
}

const inline = (token: Token, leads: Leads): Node[] => words('tokens' in token ? (token.tokens ?? [token]) : [token], leads)
const words = (tokens: readonly Token[], leads: Leads): Node[] => tokens.flatMap((token) => word(token, leads))

function word(token: Token, leads: Leads): Node[] {
  switch (token.type) {
    case 'strong':
    case 'em':
      return [h(token.type, inline(token, leads))]
    case 'codespan':
      return [h('kbd', plain(token.text as string))]
    case 'br':
      return [h('br')]
    case 'link':
      return [link(token as Tokens.Link, leads)]
    case 'image':
      return picture(token as Tokens.Image, leads)
    default:
      return 'tokens' in token && token.tokens ? words(token.tokens, leads) : 'text' in token ? [plain(String(token.text))] : []
  }
}

/** Links lead to other pages of the guide alone: `members.md`. */
function link(token: Tokens.Link, leads: Leads): VNode {
  const page = token.href.replace(/\.md$/, '')
  const open = (event: Event): void => (event.preventDefault(), leads.open(page))
  return h('a', { href: `#/help/${page}`, onClick: open }, inline(token, leads))
}

function picture(token: Tokens.Image, leads: Leads): Node[] {
  const source = leads.picture(token.href)
  return source ? [h('img', { src: source, alt: token.text, loading: 'lazy' })] : []
}

const marks: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'" }
const plain = (text: string): string => text.replace(/&(?:lt|gt|amp|quot|#39);/g, (mark) => marks[mark] ?? mark)
