/** Puts guided acts, and pages that an act leads to, where a record's page asks for its acts. */
import { h, type Component, type FunctionalComponent, type VNode } from 'vue'
import type { RecordAct } from '../../records/acts'
import type { Described } from '../../records/describe'
import type { Act, Row } from './declare'
import Leads from './Leads.vue'

type How = Pick<RecordAct, 'needs' | 'right' | 'veiled' | 'apart'> & { primary?: boolean }

/** Offers a guided act on a record's page. */
export function offered(act: Act, { primary = false, ...how }: How): RecordAct {
  const { needs } = how
  return { ...how, label: `${act.title}…`, primary, danger: act.danger === true, ...(act.unfit && { unfit: act.unfit }), dialog: () => import('./ActDialog.vue').then(({ default: dialog }) => withAct(dialog, act, needs !== 'none')) }
}

/** An act that needs no rows gets none, whatever is chosen on the page. */
const withAct = (dialog: Component, act: Act, takesRows: boolean): Component => given(({ record, rows }, close) => h(dialog, { act, record, rows: takesRows ? rows : [], onClose: close }))

type Given = { record: Described; rows: readonly Row[] }

/** A component that a record's page opens as a dialog. */
function given(render: (props: Given, close: () => void) => VNode): Component {
  const dialog: FunctionalComponent<Given, { close: [] }> = (props, { emit }) => render(props, () => emit('close'))
  dialog.props = ['record', 'rows']
  dialog.emits = ['close']
  return dialog
}

/** Offers a page of its own: a sheet, a grid, a form to print. */
export function page(label: string, path: (rows: readonly Row[]) => string, { needs, right = 'read', primary = false }: How): RecordAct {
  return { label, needs, right, primary, dialog: () => Promise.resolve(given(({ rows }, close) => h(Leads, { to: path(rows), onGone: close }))) }
}
