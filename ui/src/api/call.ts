/** Calls of the core's commands, typed by what each takes and gives. */
import type { Commands, Fault, Report } from './generated'
import { host, type CallOptions } from './host'

/** The name of a command. */
export type Command = keyof Commands

/** A call that was not carried out, with what the core says of it. */
export class Refusal extends Error {
  readonly report: Report

  constructor(report: Report) {
    super(report.message)
    this.name = 'Refusal'
    this.report = report
  }

  get code(): string {
    return this.report.code
  }

  get hint(): string {
    return this.report.hint
  }

  get faults(): Fault[] {
    return this.report.faults
  }
}

type Ear = (refusal: Refusal | null) => void
const ears = new Set<Ear>()

/** Tells a listener how each call ended: null where it was carried out. Gives what ends it. The frame hears here that the host is gone. */
export function onEnded(ear: Ear): () => void {
  ears.add(ear)
  return () => ears.delete(ear)
}

function ended(refusal: Refusal | null): void {
  for (const ear of ears) ear(refusal)
}

/** Runs a command; throws a `Refusal` where it is not carried out. */
export async function call<K extends Command>(command: K, payload: Commands[K]['payload'], options?: CallOptions): Promise<Commands[K]['answer']> {
  try {
    const answer = (await (await host()).rpc(command, payload, options)) as unknown as Commands[K]['answer']
    ended(null)
    return answer
  } catch (error) {
    const refusal = refusalOf(error)
    ended(refusal)
    throw refusal
  }
}

/** Gives whatever was thrown as a refusal that can be shown. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  return new Refusal(isReport(error) ? error : bug(error))
}

/** Writes what is wrong with a field, and the way out, as one sentence. */
export const faultWords = ({ message, hint }: Fault): string => (hint ? `${message.replace(/[。；]$/, '')}；${hint}` : message)

/** Writes the same under the field's label, where it does not stand at the field. */
export const labelledWords = (fault: Fault): string => (fault.label ? `${fault.label}：${faultWords(fault)}` : faultWords(fault))

function isReport(error: unknown): error is Report {
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error && 'hint' in error
}

function bug(error: unknown): Report {
  const detail = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error)
  return { code: 'bug', message: '程序出现了没有料到的错误，台账文件没有改动。', hint: '请复制详情告诉支持人员，然后重新打开页面。', faults: [], detail }
}
