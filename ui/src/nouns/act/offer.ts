/** Puts guided acts, and pages that an act leads to, where a record's page asks for its acts. */
import { defineComponent, h, onMounted, type Component } from 'vue'
import { useRouter } from 'vue-router'
import type { RecordAct } from '../../records/acts'
import type { Described } from '../../records/describe'
import type { Act, Row } from './declare'

type How = Pick<RecordAct, 'needs'> & { primary?: boolean }

/** Offers a guided act on a record's page. */
export function offered(act: Act, { needs, primary = false }: How): RecordAct {
  return { label: `${act.title}…`, needs, primary, dialog: () => import('./ActDialog.vue').then(({ default: dialog }) => withAct(dialog, act, needs !== 'none')) }
}

/** An act that needs no rows gets none, whatever is chosen on the page. */
function withAct(dialog: Component, act: Act, takesRows: boolean): Component {
  return defineComponent({
    props: ['record', 'rows'],
    emits: ['close'],
    setup: (props: { record: Described; rows: readonly Row[] }, { emit }) => () => h(dialog, { act, record: props.record, rows: takesRows ? props.rows : [], onClose: () => emit('close') }),
  })
}

/** Offers a page of its own: a sheet, a grid, a form to print. */
export function page(label: string, path: (rows: readonly Row[]) => string, { needs, primary = false }: How): RecordAct {
  const leads = defineComponent({
    props: ['record', 'rows'],
    emits: ['close'],
    setup(props: { rows: readonly Row[] }, { emit }) {
      const router = useRouter()
      onMounted(() => {
        emit('close')
        void router.push(path(props.rows))
      })
      return () => null
    },
  })
  return { label, needs, primary, dialog: () => Promise.resolve(leads) }
}
