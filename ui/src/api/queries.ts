/** What the screen has fetched, kept by the tables it came from; a write tells which of them to fetch again. */
import { QueryClient, useMutation, useQuery, useQueryClient, type UseQueryReturnType } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { call, type Command, type Refusal } from './call'
import type { Commands, RecordName, Written } from './generated'

/** The client that all pages share. The data lie beside the screen: nothing is stale until a write says so. */
export function newClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false, networkMode: 'always' }, mutations: { networkMode: 'always' } } })
}

/** Tables that an answer depends on; `*` stands for all of them. */
export type Tables = readonly (RecordName | '*')[]

/** Asks a command and keeps the answer until one of its tables changes. */
export function useAnswer<K extends Command>(
  command: K,
  payload: MaybeRefOrGetter<Commands[K]['payload']>,
  tables: MaybeRefOrGetter<Tables>,
  enabled: MaybeRefOrGetter<boolean> = true,
): UseQueryReturnType<Commands[K]['answer'], Refusal> {
  return useQuery<Commands[K]['answer'], Refusal>({
    queryKey: [command, tables, payload],
    queryFn: () => call(command, toValue(payload)),
    enabled: () => toValue(enabled),
  }) as UseQueryReturnType<Commands[K]['answer'], Refusal>
}

/** The commands that write. */
export type Writing = { [K in Command]: Commands[K]['answer'] extends Written<unknown> ? K : never }[Command]

/** Runs a writing command and fetches again what it changed. */
export function useWrite<K extends Writing>(command: K) {
  const client = useQueryClient()
  return useMutation<Commands[K]['answer'], Refusal, Commands[K]['payload']>({
    mutationFn: (payload) => call(command, payload),
    onSuccess: (written) => changed(client, (written as Written<unknown>).tables),
  })
}

/** Runs a writing command once, outside a component's own mutation, and fetches again what it changed. */
export async function write<K extends Writing>(client: QueryClient, command: K, payload: Commands[K]['payload'], job?: string): Promise<Commands[K]['answer']> {
  const written = await call(command, payload, { job })
  void changed(client, (written as Written<unknown>).tables)
  return written
}

type Listener = (tables: readonly string[]) => void
const listeners = new Set<Listener>()

/** Tells a listener each time tables change; gives what ends it. Grids, which fetch blocks of their own, listen. */
export function onChanged(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Fetches again all that came from these tables. */
export async function changed(client: QueryClient, tables: readonly string[]): Promise<void> {
  for (const listener of listeners) listener(tables)
  await client.invalidateQueries({ predicate: ({ queryKey }) => touches(queryKey[1], tables) })
}

/** Says whether an answer that came from `from` depends on one of the tables. */
export function touches(from: unknown, tables: readonly string[]): boolean {
  return Array.isArray(from) && from.some((table) => table === '*' || tables.includes(String(table)))
}
