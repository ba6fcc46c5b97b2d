/** What the inputs of a page choose among, given by the page. */
import { computed, type InjectionKey, type Ref } from 'vue'
import type { Choices } from './options'

/** The key under which a page gives it. */
export const among: InjectionKey<Ref<Choices>> = Symbol('among')

/** Nothing to choose from. */
export const noAmong = computed<Choices>(() => ({ records: [], lists: new Map() }))
